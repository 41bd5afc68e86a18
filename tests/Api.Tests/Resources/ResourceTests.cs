namespace CallCenter.Api.Tests.Resources;

public sealed class ResourceTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_call_record_is_told_in_the_words_of_the_conventions()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        var call = await (await qa.Get($"/api/v1/calls/{A.CallOf(A.Acme)}")).Json();
        Assert.Equal("caller", call.GetProperty("ended").GetProperty("by").GetString());
        Assert.Equal("nobody", call.GetProperty("ended").GetProperty("blame").GetString());
        Assert.Equal((4000, 5000, 51000), (call.GetProperty("tIvr").GetInt64(), call.GetProperty("tAcd").GetInt64(), call.GetProperty("tTalk").GetInt64()));
        foreach (var member in new[] { "id", "direction", "from", "to", "queue", "agents", "startedAt", "connectedAt", "answeredAt", "endedAt", "tHeld", "tAcw", "recordings" }) Assert.True(call.TryGetProperty(member, out _), member);
        var facts = await (await qa.Get($"/api/v1/calls/{A.CallOf(A.Acme)}/facts")).Json();
        Assert.Equal(["enqueued", "callEnded"], facts.GetProperty("items").EnumerateArray().Select(fact => fact.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Calls_are_asked_for_by_time_number_queue_and_agent()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(HttpStatusCode.OK, (await qa.Get("/api/v1/calls?from=2026-03-01T08:00:00%2B08:00&to=2026-03-02&number=4008001001&queue=sales&agent=agent1001")).StatusCode);
        Assert.Equal(new CallFilter(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), "4008001001", A.Sales, new("agent1001")), api.Reports.LastFilter);
    }

    [Fact]
    public async Task A_recording_is_read_whole_in_ranges_or_as_what_is_known_of_it()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        var path = $"/api/v1/recordings/{A.Recording(A.Acme).Id}";
        var whole = await qa.Get(path);
        Assert.Equal("audio/wav", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal(MemoryRecordings.Audio, await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new(100, 199);
        var part = await qa.Ask(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("bytes 100-199/10000", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal(MemoryRecordings.Audio[100..200], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        request = new(HttpMethod.Get, path) { Headers = { Range = new(10_000, null) } };
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await qa.Ask(request)).StatusCode);
        request = new(HttpMethod.Get, path) { Headers = { Accept = { new("application/json") } } };
        Assert.Equal(A.CallOf(A.Acme), (await (await qa.Ask(request)).Json()).GetProperty("call").GetString());
    }

    [Fact]
    public async Task An_agent_chooses_its_own_presence_and_nobody_elses()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal("available", (await (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "available" })).Json()).GetProperty("presence").GetString());
        Assert.Equal(["reason"], await (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "break" })).Wrong());
        Assert.Equal(["presence"], await (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = 1 })).Wrong());
        Assert.Equal(HttpStatusCode.Conflict, (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "break", reason = "refuse-me" })).StatusCode);
        foreach (var other in new[] { "agent1002", "nobody" }) Assert.Equal(HttpStatusCode.Forbidden, (await agent.Put($"/api/v1/agents/{other}/presence", new { presence = "available" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await agent.Get("/api/v1/agents/agent1001")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Get("/api/v1/agents/agent1002")).StatusCode);
        Assert.Contains("IAgentGrain acme/agent1001 for acme", api.Grains.Asked);
    }

    [Fact]
    public async Task Membership_is_given_and_taken_and_twice_is_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        foreach (var verb in new[] { HttpMethod.Put, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Delete })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await admin.Ask(new(verb, "/api/v1/queues/only-acme/agents/agent1001"))).StatusCode);
            var agent = await (await admin.Get("/api/v1/agents/agent1001")).Json();
            Assert.Equal(verb == HttpMethod.Put ? ["sales", "only-acme"] : ["sales"], agent.GetProperty("queues").EnumerateArray().Select(queue => queue.GetString()));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Ask(new(HttpMethod.Put, "/api/v1/queues/nosuch/agents/agent1001"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Ask(new(HttpMethod.Put, "/api/v1/queues/sales/agents/nosuch"))).StatusCode);
    }

    [Fact]
    public async Task An_agent_needs_a_user_an_extension_of_its_own_and_queues_that_are_there()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["extension", "queues[1]", "user"], await (await admin.Put("/api/v1/agents/new", new { user = "nosuch", extension = "1001", queues = new[] { "sales", "nosuch" } })).Wrong());
        Assert.Equal(HttpStatusCode.Created, (await admin.Put("/api/v1/extensions/1003", new { password = "a phone's password" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/agents/agent1001", new { extension = "1003" })).StatusCode);
        Assert.Equal("agent1001", (await (await admin.Get("/api/v1/extensions/1003")).Json()).GetProperty("agent").GetString());
        Assert.Equal(JsonValueKind.Null, (await (await admin.Get("/api/v1/extensions/1001")).Json()).GetProperty("agent").ValueKind);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Delete("/api/v1/extensions/1003")).StatusCode);
    }

    [Fact]
    public async Task An_extension_says_whether_calls_to_its_phone_are_secured()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        async Task<string?> Shown() => (await (await admin.Get("/api/v1/extensions/1001")).Json()).GetProperty("srtp").GetString();
        Assert.Equal("off", await Shown());
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/extensions/1001", new { srtp = "required" })).StatusCode);
        Assert.Equal("required", await Shown());
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/extensions/1001", new { password = "Circle of Life" })).StatusCode);
        Assert.Equal("required", await Shown());
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/extensions/1001", new { srtp = "dtls" })).StatusCode);
        Assert.Equal("dtls", await Shown());
        Assert.Equal(["srtp"], await (await admin.Put("/api/v1/extensions/1001", new { srtp = "perhaps" })).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/extensions/1001", new { srtp = "off" })).StatusCode);
    }

    [Fact]
    public async Task An_extensions_password_is_kept_as_digest_hashes_of_the_tenants_realm_and_never_shown()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var answer = await admin.Put("/api/v1/extensions/1001", new { password = "Circle of Life" });
        Assert.DoesNotContain("Circle", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var stored = await api.Store.Find<ExtensionSettings>(A.Acme, "1001", TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData("1001:acme.localhost:Circle of Life"u8)), stored!.Ha1Md5.Value);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("1001:acme.localhost:Circle of Life"u8)), stored.Ha1Sha256.Value);
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal(HttpStatusCode.Conflict, (await oper.Put("/api/v1/operator/tenants/acme", new { domain = "acme.example.com" })).StatusCode);
    }

    [Fact]
    public async Task A_flow_with_any_fault_is_refused_whole_with_all_of_them()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var before = await (await admin.Get("/api/v1/flows/main")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var faults = await (await admin.Put("/api/v1/flows/main", """{"definition":{"schema":1,"start":"a","nodes":{"a":{"type":"answer","next":"gone"},"b":{"type":"hangUp"}}}}""")).Wrong();
        Assert.True(faults.Length >= 2, string.Join(' ', faults));
        Assert.All(faults, fault => Assert.StartsWith("definition", fault, StringComparison.Ordinal));
        Assert.Equal(["definition.nodes.wait.queue"], await (await admin.Put("/api/v1/flows/main", """{"definition":{"schema":1,"start":"wait","nodes":{"wait":{"type":"queue","queue":"nosuch"}}}}""")).Wrong());
        Assert.Equal(before, await (await admin.Get("/api/v1/flows/main")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var published = await (await admin.Put("/api/v1/flows/main", """{"definition":{"schema":1,"start":"bye","nodes":{"bye":{"type":"hangUp"}}}}""")).Json();
        Assert.Equal(2, published.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task What_others_name_cannot_be_removed()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        foreach (var path in new[] { "flows/main", "queues/sales", "extensions/1001", "users/admin" }) Assert.Equal(HttpStatusCode.Conflict, (await admin.Delete($"/api/v1/{path}")).StatusCode);
        foreach (var path in new[] { "flows/only-acme", "extensions/only-acme", "users/qa" }) Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete($"/api/v1/{path}")).StatusCode);
    }

    [Fact]
    public async Task A_number_is_found_as_dialled_and_served_by_a_flow_of_its_tenant()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(A.Canonical("4008001001"), (await (await admin.Get("/api/v1/numbers/400-800-1001")).Json()).GetProperty("id").GetString());
        Assert.Equal(["flow"], await (await admin.Put("/api/v1/numbers/4008001001", new { flow = "nosuch" })).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/numbers/4008001001", """{"flow":null}""")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/api/v1/numbers/4008002001")).StatusCode);
        Assert.Single((await (await admin.Get("/api/v1/numbers")).Json()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_operator_makes_a_tenant_with_a_number_a_trunk_and_its_first_admin()
    {
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal(["domain"], await (await oper.Put("/api/v1/operator/tenants/initech", new { name = "Initech", domain = "acme.localhost" })).Wrong());
        Assert.Equal(HttpStatusCode.Created, (await oper.Put("/api/v1/operator/tenants/initech", new { name = "Initech", domain = "initech.localhost", seats = 5 })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await oper.Put("/api/v1/operator/tenants/initech/users/boss", new { role = "tenantAdmin", password = A.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await oper.Put("/api/v1/operator/numbers/4008003001", new { tenant = "initech" })).StatusCode);
        Assert.Equal(["acceptFrom[0]", "target"], await (await oper.Put("/api/v1/operator/trunks/second", new { acceptFrom = new[] { "everywhere" }, target = "nowhere" })).Wrong());
        Assert.Equal(HttpStatusCode.Created, (await oper.Put("/api/v1/operator/trunks/second", new { acceptFrom = new[] { "192.0.2.0/24" }, target = "sip.example.com:5060" })).StatusCode);
        using var boss = await api.SignedIn(new("initech"), "boss", host: "initech.localhost");
        Assert.Single((await (await boss.Get("/api/v1/numbers")).Json()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Live_figures_of_a_queue_come_from_its_routing_pool()
    {
        using var supervisor = await api.SignedIn(A.Acme, "supervisor");
        var live = await (await supervisor.Get("/api/v1/queues/sales/live")).Json();
        Assert.Equal((3, 5, 2), (live.GetProperty("waiting").GetInt32(), live.GetProperty("agentsSignedIn").GetInt32(), live.GetProperty("agentsFree").GetInt32()));
        Assert.Contains("IRoutingGrain acme/main for acme", api.Grains.Asked);
    }
}
