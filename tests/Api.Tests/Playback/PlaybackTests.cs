using CallCenter.Api.Playback;

namespace CallCenter.Api.Tests.Playback;

public sealed class PlaybackTests : IAsyncLifetime
{
    private static readonly string Recording = A.Recording(A.Acme).Id;
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private int Written() => api.Access.Done(A.Acme).Count(entry => entry == $"RecordingPlayed qa {Recording}");

    [Fact]
    public async Task Who_listens_stands_in_the_audit_log_once_for_all_ranges_and_again_later()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        for (var i = 0; i < 3; i++) await qa.Get($"/api/v1/recordings/{Recording}");
        Assert.Equal(1, Written());
        api.Clock.Move(PlaybackLog.Once);
        using var again = await api.SignedIn(A.Acme, "qa");
        await again.Get($"/api/v1/recordings/{Recording}");
        Assert.Equal(2, Written());
    }

    [Fact]
    public async Task What_is_known_of_a_recording_and_how_loud_it_is_are_no_playback()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        var loud = await (await qa.Get($"/api/v1/recordings/{Recording}/waveform")).Json();
        Assert.Equal(loud.GetProperty("left").GetArrayLength(), loud.GetProperty("right").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await qa.Get("/api/v1/recordings/nobody-r1/waveform")).StatusCode);
        Assert.Equal(0, Written());
    }

    [Fact]
    public async Task A_waveform_holds_the_loudest_sample_of_each_stretch_of_each_channel()
    {
        var wav = new byte[44 + 4 * 2_500];
        BitConverter.TryWriteBytes(wav.AsSpan(24), 8_000);
        BitConverter.TryWriteBytes(wav.AsSpan(44 + 4 * 4), short.MinValue); // left, the second stretch of three samples
        BitConverter.TryWriteBytes(wav.AsSpan(44 + 4 * 2_499 + 2), (short)16_384); // right, the last
        var drawn = await Waveform.Read(new MemoryStream(wav), TestContext.Current.CancellationToken);
        Assert.Equal((0.313, 834, 834), (drawn.Seconds, drawn.Left.Count, drawn.Right.Count));
        Assert.Equal((1, 100), (drawn.Left.Select((peak, n) => (peak, n)).Single(one => one.peak > 0).n, drawn.Left[1]));
        Assert.Equal((833, 50), (drawn.Right.Select((peak, n) => (peak, n)).Single(one => one.peak > 0).n, drawn.Right[833]));
    }

    [Fact]
    public async Task A_recording_of_nothing_has_an_empty_waveform()
    {
        var drawn = await Waveform.Read(new MemoryStream(new byte[44]), TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, 0), (drawn.Seconds, drawn.Left.Count, drawn.Right.Count));
    }

    [Fact]
    public async Task An_agent_sees_the_calls_that_were_its_own_and_no_others_and_knows_who_it_is()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal("agent1001", (await (await agent.Get("/api/v1/session")).Json()).GetProperty("agent").GetString());
        Assert.Equal(HttpStatusCode.OK, (await agent.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(new AgentId("agent1001"), api.Reports.LastFilter?.Agent);
        Assert.Equal(0, (await (await agent.Get("/api/v1/calls?agent=somebody-else")).Json()).GetProperty("items").GetArrayLength());
        var path = $"/api/v1/calls/{A.CallOf(A.Acme)}";
        Assert.Equal(HttpStatusCode.OK, (await agent.Get(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Get($"{path}/facts")).StatusCode); // who listened in stands there
        api.Reports.Records.Clear();
        api.Reports.Records.Add((A.Acme, A.Call(A.Acme) with { Agents = [new("somebody-else")] }));
        Assert.Equal(HttpStatusCode.NotFound, (await agent.Get(path)).StatusCode);
    }
}
