using System.Net;

namespace CallCenter.Api.SignIn;

/// <summary>Who signs in whence and how, and who sees numbers in full.</summary>
internal static class AccessPolicyEndpoints
{
    public static void MapAccessPolicy(this IEndpointRouteBuilder api)
    {
        var policy = api.Resource("/access-policy", "Access policy");
        policy.MapGet("", Get).Demands(Resource.AccessPolicy, Rights.Read).WithSummary("The sign-in policies by role, and the roles that see numbers in full");
        policy.MapPut("", Put).Demands(Resource.AccessPolicy, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Change them; a member left out keeps its value. It bites at once, also for those who are signed in");
    }

    private static async Task<Tagged<AccessPolicyAnswer>> Get(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var policy = await Find(caller, store, stop);
        return new(AccessPolicyAnswer.Of(policy), policy.Version);
    }

    private static async Task<AccessPolicy> Find(Caller caller, IConfigurationStore store, CancellationToken stop) =>
        await store.Find<AccessPolicy>(caller.Tenant, AccessPolicy.OnlyId, stop) ?? AccessPolicy.Default(caller.Tenant);

    private static async Task<Results<Tagged<AccessPolicyAnswer>, ProblemHttpResult>> Put(HttpContext http, Caller caller, Form<AccessPolicyForm> form, [AsParameters] Precondition condition, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var (now, input) = (await Find(caller, store, stop), form.Value);
        var faults = input.Faults(http.Connection.RemoteIpAddress, caller.Role);
        var wanted = now with { SeesNumbers = input.SeesNumbers ?? now.SeesNumbers, SignIn = input.SignIn is { } policies ? policies.Where(one => one.Role is not null).Select(one => one.Policy()).ToItems() : now.SignIn };
        var answer = await store.Save(wanted, faults, caller, condition, AccessPolicyAnswer.Of, stop);
        standing.ForgetPolicy(caller.Tenant);
        return answer;
    }
}

internal sealed record AccessPolicyForm(Items<Role>? SeesNumbers, Items<SignInPolicyForm>? SignIn)
{
    public Items<Fault> Faults(IPAddress? address, Role role)
    {
        var faults = new List<Fault>();
        if (SignIn is not { } policies) return [];
        for (var i = 0; i < policies.Count; i++)
        {
            if (policies[i].Role is null) faults.Add(new($"signIn[{i}].role", "is missing"));
            else if (policies[i].Role == role && !policies[i].Policy().Allows(address)) faults.Add(new($"signIn[{i}].allowedFrom", "would lock you out: it does not hold the address from which you ask"));
        }
        return faults.ToItems();
    }
}

internal sealed record SignInPolicyForm(Role? Role, Items<string>? AllowedFrom, bool? OneSession, bool? SecondFactor)
{
    public SignInPolicy Policy() => new(Role.GetValueOrDefault(), AllowedFrom ?? [], OneSession ?? false, SecondFactor ?? false);
}

internal sealed record AccessPolicyAnswer(Items<Role> SeesNumbers, Items<SignInPolicy> SignIn)
{
    public static AccessPolicyAnswer Of(AccessPolicy policy) => new(policy.SeesNumbers, policy.SignIn);
}
