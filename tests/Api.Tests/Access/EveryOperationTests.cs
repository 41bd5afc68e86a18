using CallCenter.Api.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Api.Tests.Access;

/// <summary>Every operation of the OpenAPI document, asked by every role, without a token, across hosts and across tenants.</summary>
public sealed class EveryOperationTests(EveryOperationTests.Document fixture) : IClassFixture<EveryOperationTests.Document>
{
    [Fact]
    public void No_endpoint_of_the_api_is_without_a_demand_or_the_mark_that_it_is_open()
    {
        var endpoints = fixture.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.Contains("/api/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Demand>() is null && endpoint.Metadata.GetMetadata<OpenToAll>() is null).Select(endpoint => endpoint.DisplayName));
        string[] open =
        [
            "HTTP: DELETE /api/v1/webcalls/{call:id} => End", "HTTP: GET /api/v1/session/oidc/callback => Callback", "HTTP: GET /api/v1/session/oidc/start => Start", "HTTP: GET /api/v1/webcalls/{call:id}/state => State", "HTTP: GET /api/v1/webcalls/{number} => About", "HTTP: GET, HEAD /api/v1/brand/{hash} => Send",
            "HTTP: OPTIONS /api/v1/webcalls/{**rest} => Preflight", "HTTP: POST /api/v1/session/ => SignIn", "HTTP: POST /api/v1/session/oidc/code => Code", "HTTP: POST /api/v1/session/password-reset => Ask", "HTTP: POST /api/v1/session/password-reset/confirm => Reset", "HTTP: POST /api/v1/webcalls/ => Call", "HTTP: POST /api/v1/webcalls/{call:id}/sdp => Move",
        ];
        Assert.Equal(open, endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<OpenToAll>() is not null).Select(endpoint => endpoint.DisplayName).Order(StringComparer.Ordinal));
    }

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    public static TheoryData<Role> TenantRoles => [.. Enum.GetValues<Role>().Where(role => !role.IsOperators())];

    /// <summary>An account of that role; that of an agent is an agent's.</summary>
    private static UserAccount Somebody(RunningApi api, TenantId tenant, Role role)
    {
        var owner = role.IsOperators() ? TenantId.Operator : tenant;
        var account = new UserAccount(owner, role is Role.Agent or Role.Trainee or Role.OperatorAgent ? "agent1001" : "somebody", role.ToString(), role, A.Hash);
        api.Store.Add(account);
        if (role == Role.OperatorAgent) api.Store.Add(A.Person(TenantId.Operator, "agent1001", "agent1001") with { Queues = [new(A.Acme, A.Sales)] });
        return account;
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Each_role_may_do_what_the_table_says_and_nothing_else(Role role)
    {
        var api = fixture.Api;
        api.Store.Add(A.Tenant(A.Acme)); // what the role before has removed
        var account = Somebody(api, A.Acme, role);
        var wrong = new List<string>();
        using var client = api.Client();
        foreach (var operation in await Operations())
        {
            var answer = await client.Ask(operation.For(A.Acme), await api.Token(account.Owner, account.Id));
            var forbidden = answer.StatusCode == HttpStatusCode.Forbidden;
            if (forbidden == RightsTable.Meets(role, operation.Demand) || (int)answer.StatusCode is 401 or >= 500) wrong.Add($"{role}: {operation} gave {(int)answer.StatusCode}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Without_a_token_or_with_a_bad_one_every_operation_is_401()
    {
        var wrong = new List<string>();
        foreach (var token in new[] { null, "nonsense", "cs.acme.admin.x.99999999999.y.z", "ck.acme.key-acme.secret" })
            foreach (var operation in await Operations())
            {
                using var client = fixture.Api.Client(token);
                var answer = await client.Ask(operation.For(A.Acme));
                if (answer.StatusCode != HttpStatusCode.Unauthorized) wrong.Add($"{operation} with {token} gave {(int)answer.StatusCode}");
            }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Where_token_and_host_name_different_tenants_every_operation_is_401_and_names_neither()
    {
        var wrong = new List<string>();
        foreach (var operation in await Operations())
            foreach (var (tenant, user) in new[] { (A.Globex, "admin"), (TenantId.Operator, "operator") })
            {
                using var client = await fixture.Api.SignedIn(tenant, user, host: "acme.localhost");
                var answer = await client.Ask(operation.For(A.Acme));
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.Unauthorized || text.Contains("acme", StringComparison.Ordinal) || text.Contains("globex", StringComparison.Ordinal)) wrong.Add($"{operation} gave {(int)answer.StatusCode} {text}");
            }
        Assert.Empty(wrong);
    }

    [Theory, MemberData(nameof(TenantRoles))]
    public async Task No_role_reads_or_changes_anything_of_another_tenant(Role role)
    {
        var (api, asked, done) = (fixture.Api, fixture.Api.Grains.Asked.Count, fixture.Api.Access.Done(A.Acme).Length);
        api.Store.Add(A.Tenant(A.Globex));
        var account = Somebody(api, A.Globex, role);
        var before = api.Store.Snapshot(A.Acme) + api.Access.Snapshot(A.Acme) + api.People.Snapshot(A.Acme);
        var wrong = new List<string>();
        using var client = api.Client();
        foreach (var operation in await Operations())
        {
            var answer = await client.Ask(operation.For(A.Acme, onlyTheirs: true), await api.Token(A.Globex, account.Id));
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var reads = operation.Method == HttpMethod.Get && operation.Path.Contains('{', StringComparison.Ordinal);
            if (reads && (int)answer.StatusCode is not (404 or 403)) wrong.Add($"{operation} gave {(int)answer.StatusCode}");
            if (operation.Method == HttpMethod.Get && text.Contains("acme", StringComparison.Ordinal)) wrong.Add($"{operation} told {text}");
        }
        Assert.Empty(wrong);
        Assert.Equal(before, api.Store.Snapshot(A.Acme) + api.Access.Snapshot(A.Acme) + api.People.Snapshot(A.Acme));
        Assert.Equal(done, api.Access.Done(A.Acme).Length);
        Assert.DoesNotContain(api.Grains.Asked.Skip(asked), grain => grain.Contains(" acme/", StringComparison.Ordinal) || grain.EndsWith("for acme", StringComparison.Ordinal));
    }

    /// <summary>Read once: to write the document takes as long as to ask every operation.</summary>
    private Task<List<Operation>> Operations() => fixture.Operations ??= Read(fixture.Api);

    private static async Task<List<Operation>> Read(RunningApi api)
    {
        using var client = api.Client();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var found = new List<Operation>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var method in path.Value.EnumerateObject())
                if (method.Value.TryGetProperty("x-demands", out var demand))
                    found.Add(Operation.Of(path.Name, method.Name, demand.GetString()!));
        Assert.True(found.Count > 40, $"only {found.Count} operations in the document");
        // what is read must not be what another operation has just made
        return [.. found.OrderBy(operation => operation.Method != HttpMethod.Get)];
    }

    public sealed class Document : IAsyncLifetime
    {
        internal RunningApi Api { get; private set; } = null!;

        internal Task<List<Operation>>? Operations { get; set; }

        public async ValueTask InitializeAsync() => Api = await RunningApi.Start();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }

    internal sealed record Operation(HttpMethod Method, string Path, Demand Demand)
    {
        public static Operation Of(string path, string method, string demand)
        {
            var parts = demand.Split('.');
            return new(HttpMethod.Parse(method), path, new(Enum.Parse<Resource>(parts[0], ignoreCase: true), Enum.Parse<Rights>(parts[1], ignoreCase: true)));
        }

        /// <summary>The request with ids of a tenant in the path.</summary>
        /// <param name="onlyTheirs">Ids that no other tenant has.</param>
        public HttpRequestMessage For(TenantId tenant, bool onlyTheirs = false)
        {
            var only = $"only-{tenant}";
            var path = Path
                .Replace("{agent}", onlyTheirs ? only : "agent1001", StringComparison.Ordinal).Replace("{queue}", onlyTheirs ? only : "sales", StringComparison.Ordinal)
                .Replace("{flow}", onlyTheirs ? only : "main", StringComparison.Ordinal).Replace("{extension}", onlyTheirs ? only : "1001", StringComparison.Ordinal)
                .Replace("{hours}", onlyTheirs ? only : "office", StringComparison.Ordinal).Replace("{prompt}", onlyTheirs ? only : "notice-own", StringComparison.Ordinal).Replace("{voicemail}", A.Voicemail(tenant).Id, StringComparison.Ordinal)
                .Replace("{user}", onlyTheirs ? only : "qa", StringComparison.Ordinal).Replace("{key}", $"key-{tenant}", StringComparison.Ordinal)
                .Replace("{call}", A.CallOf(tenant), StringComparison.Ordinal).Replace("{recording}", A.Recording(tenant).Id, StringComparison.Ordinal)
                .Replace("{number}", A.NumberOf(tenant), StringComparison.Ordinal).Replace("{tenant}", tenant.Value, StringComparison.Ordinal).Replace("{trunk}", "demo-trunk", StringComparison.Ordinal)
                .Replace("{session}", A.SessionOf(tenant), StringComparison.Ordinal).Replace("{entry}", A.EntryOf(tenant), StringComparison.Ordinal).Replace("{leg}", "caller", StringComparison.Ordinal);
            path = path.Replace("{customer}", A.Person(tenant).Id.Value, StringComparison.Ordinal).Replace("{script}", $"only-{tenant}", StringComparison.Ordinal);
            path = path.Replace("{host}", $"only-{tenant}.example.com", StringComparison.Ordinal).Replace("{kind}", "logo", StringComparison.Ordinal).Replace("{edge}", "edge-0", StringComparison.Ordinal)
                .Replace("{connection}", $"only-{tenant}", StringComparison.Ordinal).Replace("{epoch}", "1", StringComparison.Ordinal).Replace("{team}", only, StringComparison.Ordinal);
            Assert.DoesNotContain("{", path, StringComparison.Ordinal);
            var request = new HttpRequestMessage(Method, path);
            if (Method == HttpMethod.Put || Method == HttpMethod.Post) request.Content = JsonContent.Create(new { });
            return request;
        }

        public override string ToString() => $"{Method} {Path}";
    }
}
