namespace CallCenter.Api.Resources;

/// <summary>Keys for a tenant's programs.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.Resource("/apikeys", "API keys");
        keys.MapGet("", List).Demands(Resource.ApiKeys, Rights.Read).WithSummary("The keys, without their secrets");
        keys.MapPost("", Create).Demands(Resource.ApiKeys, Rights.Write).WithSummary("Make a key; its text is shown this once");
        keys.MapGet("/{key:id}", Get).Demands(Resource.ApiKeys, Rights.Read).WithSummary("One key, without its secret");
        keys.MapDelete("/{key:id}", Delete).Demands(Resource.ApiKeys, Rights.Write).WithSummary("Withdraw a key; it opens nothing from now on");
    }

    private static async Task<Ok<Listed<ApiKeyView>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<ApiKey, ApiKeyView>(caller.Tenant, paging, ApiKeyView.Of, stop));

    private static Task<Results<Tagged<ApiKeyView>, ProblemHttpResult>> Get(Caller caller, string key, IConfigurationStore store, CancellationToken stop) =>
        store.Show<ApiKey, ApiKeyView>(caller.Tenant, key, "API key", ApiKeyView.Of, stop);

    private static async Task<Results<Created<NewApiKey>, ProblemHttpResult>> Create(Caller caller, Form<ApiKeyForm> form, IConfigurationStore store, TimeProvider time, CancellationToken stop)
    {
        var input = form.Value;
        if (Check(input, time) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (!caller.Scopes.IsEmpty) return Problems.Of(RefusalCode.Forbidden, "A key with scopes makes no other keys");
        var text = ApiKeyText.New(caller.Tenant);
        var key = new ApiKey(caller.Tenant, text.Id, input.Name!, input.Role!.Value, text.Hash, input.Expires, Scopes: input.Scopes ?? []);
        var written = await store.Put(key, caller.Author, expectedVersion: 0, stop);
        return written.Setting is { } stored
            ? TypedResults.Created($"/api/v1/apikeys/{stored.Id}", new NewApiKey(stored.Id, text.Text, stored.Name, stored.Role, stored.Expires, stored.Scopes))
            : SettingAnswers.Refused(written.Refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string key, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var answer = await store.Remove<ApiKey>(caller.Tenant, key, caller, stop);
        standing.ForgetKey(caller.Tenant, key);
        return answer;
    }

    private static Items<Fault> Check(ApiKeyForm input, TimeProvider time)
    {
        var faults = new List<Fault>();
        if (input.Name is not { Length: >= 1 and <= 100 }) faults.Add(new("name", "must have 1–100 characters"));
        if (input.Role is not (Role.TenantAdmin or Role.DutyManager or Role.QaInspector)) faults.Add(new("role", "must be tenantAdmin, dutyManager or qaInspector"));
        foreach (var scope in input.Scopes ?? [])
            if (!Scope.TryParse(scope, out var demand) || (input.Role is { } role && !RightsTable.Meets(role, demand))) faults.Add(new("scopes", $"'{scope}' is no right of that role"));
        if (input.Expires <= time.GetUtcNow()) faults.Add(new("expires", "must be in the future"));
        return faults.ToItems();
    }
}

/// <param name="Role">The key may do what this role may.</param>
/// <param name="Expires">Null = never.</param>
/// <param name="Scopes">What it is narrowed to, such as calls.read; left out or empty = all that the role may.</param>
internal sealed record ApiKeyForm(string? Name, Role? Role, DateTimeOffset? Expires, Items<string>? Scopes);

internal sealed record ApiKeyView(string Id, string Name, Role Role, DateTimeOffset? Expires, Items<string> Scopes)
{
    public static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.Role, key.Expires, key.Scopes);
}

/// <param name="Key">The whole key, for <c>Authorization: Bearer</c>.</param>
internal sealed record NewApiKey(string Id, string Key, string Name, Role Role, DateTimeOffset? Expires, Items<string> Scopes);
