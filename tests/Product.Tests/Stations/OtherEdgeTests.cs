using CallCenter.Kit.Media;
using CallCenter.Product.Tests.Browsers;

namespace CallCenter.Product.Tests.Stations;

/// <summary>Two edges: an agent's browser has its media at one of them, callers come in at either.</summary>
public sealed class OtherEdgeTests(TwoEdges product, ChromiumFixture chromium, ITestOutputHelper output) : IClassFixture<TwoEdges>, IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task A_browser_talks_with_callers_of_either_edge_and_comes_back_into_both_talks()
    {
        await using var agent = await WebAgent.Start(product, chromium.Browser, "1035");
        foreach (var edge in new[] { 0, 1 }) await Talks(agent, edge);
    }

    async Task Talks(WebAgent agent, int edge)
    {
        await using var talk = await WebTalking.Begin(product, agent, edge: edge);
        await talk.BothHear();
        var reload = await talk.After(agent.Reload, 500);
        var restart = await talk.After(agent.Restart, 600);
        output.WriteLine($"edge {edge}: answer to sound {talk.CallerMs:0} and {talk.AgentMs:0} ms; back after: reload {reload:0} ms, restart {restart:0} ms");
        Bars.Within(reload, 0, 2000);
        Bars.Within(restart, 0, 2000);
        await talk.BothHear(600);
        await talk.Call.HangUp();
        await product.AgentsFree("sales", 1);
        var (record, facts) = await product.Told(talk.Phone);
        Assert.Equal((talk.Id, "caller hangUp nobody"), (record.Id, record.Ended));
        Assert.Single(facts.Of("agentJoined"));
        Assert.NotEmpty(facts.Of("stationLost")); // its page said goodbye when it was loaded again
        Assert.Equal(facts.Of("stationLost").Length, facts.Of("stationBack").Length);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0)[^Tone.Rate..], WebTalking.Customer), 15, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1)[^Tone.Rate..], 600), 15, double.PositiveInfinity);
    }
}

/// <summary>One product with two edges.</summary>
public sealed class TwoEdges : ProductFixture
{
    public const int Count = 2;

    protected override string[] Settings => [.. base.Settings, $"--Edge:Count={Count}"];
}
