namespace CallCenter.Api.Tests.Resources;

public sealed class DiallingTests : IAsyncLifetime
{
    private const string Own = "+861012345678", Path = "/api/v1/dialling", Ceiling = "/api/v1/operator/tenants/acme/dialling";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        api.Store.Add(new NumberSettings(Own, "010-12345678", A.Acme, null, MayCallOut: true), new NumberSettings("+862112345678", "021-12345678", A.Globex, null, MayCallOut: true), new NumberSettings("+862012345678", "020-12345678", A.Acme, null));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_plan_is_changed_member_by_member_and_shown_with_what_the_operator_allows()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.OK, (await admin.Put(Path, new { areaCode = "010", defaultShown = "010-12345678", limits = new { channels = 5, spendPerDay = 12.5 }, night = new { from = "22:00", to = "08:00", channels = 0 } })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Put(Path, """{"rules":[{"match":"+86138","allow":true},{"match":"service","allow":false}],"shown":[{"agent":"agent1001","number":"01012345678"},{"queue":"sales","number":"+861012345678"}]}""")).StatusCode);
        var plan = await (await admin.Get(Path)).Json();
        Assert.Equal(("9", "010", Own, 5, 12.5m), (plan.GetProperty("outsidePrefix").GetString(), plan.GetProperty("areaCode").GetString(), plan.GetProperty("defaultShown").GetString(), plan.GetProperty("limits").GetProperty("channels").GetInt32(), plan.GetProperty("limits").GetProperty("spendPerDay").GetDecimal()));
        Assert.Equal(["+86138", "service"], plan.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("match").GetString()));
        Assert.Equal([Own, Own], plan.GetProperty("shown").EnumerateArray().Select(shown => shown.GetProperty("number").GetString()));
        Assert.Equal(100m, plan.GetProperty("allowed").GetProperty("spendPerDay").GetDecimal());
        Assert.False(plan.GetProperty("answerDetection").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await admin.Put(Path, """{"answerDetection":true}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Put(Path, """{"outsidePrefix":null,"limits":null,"night":null}""")).StatusCode);
        plan = await (await admin.Get(Path)).Json();
        Assert.True(plan.GetProperty("answerDetection").GetBoolean());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null), (plan.GetProperty("outsidePrefix").ValueKind, plan.GetProperty("limits").GetProperty("channels").ValueKind, plan.GetProperty("night").ValueKind));
    }

    [Fact]
    public async Task What_is_wrong_beyond_the_ceiling_or_not_the_tenants_own_is_refused_whole_and_named_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var before = api.Store.Snapshot(A.Acme);
        var wrong = await (await admin.Put(Path, """
            {"outsidePrefix":"1","areaCode":"0123","rules":[{"match":"mobile","allow":true},{"match":"138","allow":true},{"match":"international","allow":true},{"match":"+86170","allow":true}],
             "international":true,"defaultShown":"4008001001","shown":[{"agent":"nobody","number":"+862112345678"},{"queue":"sales","number":"+862012345678"},{"number":"+861012345678"}],
             "limits":{"channels":11,"spendPerDay":100.01,"callsPerMinute":-1},"night":{"from":"late","to":"08:00","channels":0}}
            """)).Wrong();
        Assert.Equal(["areaCode", "defaultShown", "international", "limits.callsPerMinute", "limits.channels", "limits.spendPerDay", "night.from", "outsidePrefix", "rules[1].match", "rules[2].match", "rules[3].match", "shown[0].agent", "shown[0].number", "shown[1].number", "shown[2]"], wrong);
        Assert.Equal(before, api.Store.Snapshot(A.Acme));
        Assert.Equal(["limits.channels"], await (await admin.Put(Path, """{"limits":{"channels":"many"}}""")).Wrong());
    }

    [Fact]
    public async Task A_400_number_is_never_marked_and_the_reason_is_told()
    {
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        var answer = await oper.Put("/api/v1/operator/numbers/4008001001", new { mayCallOut = true });
        Assert.Contains("400", (await answer.Json()).GetProperty("errors").GetProperty("mayCallOut")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["mayCallOut"], await (await oper.Put("/api/v1/operator/numbers/8008100000", new { tenant = "acme", mayCallOut = true })).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await oper.Put("/api/v1/operator/numbers/02012345678", new { mayCallOut = true })).StatusCode);
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.True((await (await admin.Get("/api/v1/numbers/02012345678")).Json()).GetProperty("mayCallOut").GetBoolean());
        Assert.Equal(["mayCallOut"], await (await admin.Put("/api/v1/numbers/02012345678", new { mayCallOut = true })).Wrong()); // the operator's to say
        Assert.Equal(HttpStatusCode.OK, (await oper.Put("/api/v1/operator/numbers/02012345678", new { tenant = "globex" })).StatusCode);
        Assert.False((await (await oper.Get("/api/v1/operator/numbers/02012345678")).Json()).GetProperty("mayCallOut").GetBoolean());
    }

    [Fact]
    public async Task The_operator_sets_the_ceiling_and_nobody_else()
    {
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal(["currency", "prices[0].match", "prices[0].perMinute", "rules[0].match", "trunk"], await (await oper.Put(Ceiling, """{"rules":[{"match":"x","allow":true}],"prices":[{"match":"010","perMinute":-1}],"currency":"yuan","trunk":"nosuch"}""")).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await oper.Put(Ceiling, new { international = true, spendPerDay = 5 })).StatusCode);
        var ceiling = await (await oper.Get(Ceiling)).Json();
        Assert.Equal((true, 5m, 10), (ceiling.GetProperty("international").GetBoolean(), ceiling.GetProperty("spendPerDay").GetDecimal(), ceiling.GetProperty("channels").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await oper.Get("/api/v1/operator/tenants/nosuch/dialling")).StatusCode);
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Put(Ceiling, new { spendPerDay = 500 })).StatusCode);
        using var supervisor = await api.SignedIn(A.Acme, "supervisor");
        Assert.Equal(HttpStatusCode.Forbidden, (await supervisor.Put(Path, new { international = true })).StatusCode);
        Assert.Equal(12.34m, (await (await supervisor.Get($"{Path}/live")).Json()).GetProperty("spent").GetDecimal());
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Get(Path)).StatusCode);
    }

    [Fact]
    public async Task Each_tenant_sees_and_changes_its_own_plan_only()
    {
        using var globex = await api.SignedIn(A.Globex, "admin");
        Assert.Equal("0", (await (await globex.Get(Path)).Json()).GetProperty("outsidePrefix").GetString());
        var acme = api.Store.Snapshot(A.Acme);
        Assert.Equal(["defaultShown"], await (await globex.Put(Path, new { defaultShown = Own })).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await globex.Put(Path, new { outsidePrefix = "8", defaultShown = "+862112345678" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await globex.Get($"/api/v1/numbers/{Uri.EscapeDataString(Own)}")).StatusCode);
        await globex.Get($"{Path}/live");
        Assert.Equal(acme, api.Store.Snapshot(A.Acme));
        Assert.All(api.Grains.Asked, asked => Assert.StartsWith("ITenantGrain globex/tenant for globex", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trunk_says_how_it_takes_outbound_calls()
    {
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal(HttpStatusCode.OK, (await oper.Put("/api/v1/operator/trunks/demo-trunk", new { outbound = new { format = "e164", channels = 30 } })).StatusCode);
        Assert.Equal("e164", (await (await oper.Get("/api/v1/operator/trunks/demo-trunk")).Json()).GetProperty("outbound").GetProperty("format").GetString());
        Assert.Equal(HttpStatusCode.OK, (await oper.Put("/api/v1/operator/trunks/demo-trunk", new { target = "127.0.0.1:5090" })).StatusCode);
        Assert.Equal(30, (await (await oper.Get("/api/v1/operator/trunks/demo-trunk")).Json()).GetProperty("outbound").GetProperty("channels").GetInt32());
        Assert.Equal(["outbound.callsPerMinute", "outbound.channels"], await (await oper.Put("/api/v1/operator/trunks/demo-trunk", new { outbound = new { format = "national", channels = 0, callsPerMinute = -1 } })).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await oper.Put("/api/v1/operator/trunks/demo-trunk", new { outbound = new { format = "e164", srtp = "required" } })).StatusCode);
        Assert.Equal("required", (await (await oper.Get("/api/v1/operator/trunks/demo-trunk")).Json()).GetProperty("outbound").GetProperty("srtp").GetString());
        Assert.Equal(["outbound.srtp"], await (await oper.Put("/api/v1/operator/trunks/demo-trunk", new { outbound = new { format = "e164", srtp = "perhaps" } })).Wrong());
        Assert.Equal(["outbound.format"], await (await oper.Put("/api/v1/operator/trunks/demo-trunk", new { outbound = new { format = "roman" } })).Wrong());
    }
}
