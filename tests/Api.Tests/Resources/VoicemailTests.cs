using CallCenter.Domain.Hours;
using CallCenter.Domain.Voicemails;

namespace CallCenter.Api.Tests.Resources;

public sealed class VoicemailTests : IAsyncLifetime
{
    private const string Sales = "/api/v1/voicemails/1-vm1", Front = "/api/v1/voicemails/2-vm1";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        api.Reports.Left.Clear();
        api.Reports.Left.Add((A.Acme, new("1-vm1", new("1"), "sales", "+8613800138000", A.Noon, 6_000, VoicemailState.New, null, null, new("caller"))));
        api.Reports.Left.Add((A.Acme, new("2-vm1", new("2"), "front-desk", null, A.Noon, 2_000, VoicemailState.Heard, null, A.Noon, new("caller"))));
        api.Reports.Left.Add((A.Globex, new("3-vm1", new("3"), "sales", null, A.Noon, 2_000, VoicemailState.New, null, null, new("caller"))));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static async Task<string[]> Ids(Task<HttpResponseMessage> answer) => [.. (await (await answer).Json()).GetProperty("items").EnumerateArray().Select(v => v.GetProperty("id").GetString()!)];

    [Fact]
    public async Task Who_leads_sees_all_boxes_and_an_agent_those_of_its_queues()
    {
        using var supervisor = await api.SignedIn(A.Acme, "supervisor");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(["1-vm1", "2-vm1"], await Ids(supervisor.Get("/api/v1/voicemails")));
        Assert.Equal(["2-vm1"], await Ids(supervisor.Get("/api/v1/voicemails?box=front-desk&state=heard")));
        Assert.Equal(["1-vm1"], await Ids(agent.Get("/api/v1/voicemails")));
        Assert.Empty(await Ids(agent.Get("/api/v1/voicemails?box=front-desk")));
        Assert.Equal(HttpStatusCode.OK, (await agent.Get(Sales)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.Get(Front)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.Get("/api/v1/voicemails?state=old")).StatusCode);
    }

    [Fact]
    public async Task Taking_one_marks_who_took_it()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        using var supervisor = await api.SignedIn(A.Acme, "supervisor");
        var taken = await (await agent.Put(Sales, new { state = "taken" })).Json();
        Assert.Equal(("taken", "agent1001"), (taken.GetProperty("state").GetString(), taken.GetProperty("agent").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Put(Sales, new { state = "taken", agent = "agent1002" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await supervisor.Put(Sales, new { state = "taken" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Put(Sales, new { state = "taken", agent = "agent1002" })).StatusCode);
        Assert.Equal(["Taken agent1001 by agent1001", "Taken agent1002 by supervisor"], api.Grains.Mail.Heard);
    }

    [Fact]
    public async Task Its_sound_is_heard_and_goes_with_it()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(MemoryRecordings.Audio, await (await agent.Get(Sales + "/audio")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NoContent, (await agent.Delete(Sales)).StatusCode);
        Assert.Equal(["deleted by agent1001"], api.Grains.Mail.Heard);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.Get(Sales + "/audio")).StatusCode);
    }

    [Fact]
    public async Task Opening_hours_are_made_changed_and_kept_while_a_flow_asks_for_them()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        const string hours = "/api/v1/hours/shop";
        const string flow = """{"name":"f","definition":{"schema":2,"start":"h","nodes":{"h":{"type":"hours","hours":"shop","open":"q","closed":"m"},"q":{"type":"queue","queue":"sales"},"m":{"type":"voicemail","box":"sales","next":"e"},"e":{"type":"hangUp"}}}}""";
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Put("/api/v1/flows/hours", flow)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await admin.Put(hours, """{"name":"Office","week":[{"day":"monday","from":"09:00","to":"18:00"}],"exceptions":[{"date":"2026-10-01","name":"国庆节","open":[]}]}""")).StatusCode);
        var shown = await (await admin.Get(hours)).Json();
        Assert.Equal(("monday", "18:00", "2026-10-01"), (shown.GetProperty("week")[0].GetProperty("day").GetString(), shown.GetProperty("week")[0].GetProperty("to").GetString(), shown.GetProperty("exceptions")[0].GetProperty("date").GetString()));
        var wrong = await (await admin.Put(hours, """{"name":"","timeZone":"Mars/Base","exceptions":[{"date":"2026-10-01","name":"a","open":[]},{"date":"2026-10-01","name":"b","open":[]}]}""")).Json();
        Assert.Equal(["exceptions[1].date", "name", "timeZone"], wrong.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Created, (await admin.Put("/api/v1/flows/hours", flow)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Delete(hours)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/flows/hours")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete(hours)).StatusCode);
    }
}
