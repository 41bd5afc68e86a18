using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Api.Resources;

/// <summary>SIP extensions: an agent's phone registers as one.</summary>
internal static class ExtensionEndpoints
{
    public static void MapExtensions(this IEndpointRouteBuilder api)
    {
        var extensions = api.Resource("/extensions", "Extensions");
        extensions.MapGet("", List).Demands(Resource.Extensions, Rights.Read).WithSummary("The extensions, without their passwords; search finds those whose id holds it");
        extensions.MapGet("/{extension:id}", Get).Demands(Resource.Extensions, Rights.Read).WithSummary("One extension, without its password");
        extensions.MapPut("/{extension:id}", Put).Demands(Resource.Extensions, Rights.Write).WithSummary("Make an extension, or set its password and whether its calls are secured");
        extensions.MapDelete("/{extension:id}", Delete).Demands(Resource.Extensions, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove an extension that is no agent's");
    }

    private static async Task<Ok<Listed<ExtensionAnswer>>> List(Caller caller, [AsParameters] Paging paging, [AsParameters] Sought sought, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<ExtensionSettings, ExtensionAnswer>(caller.Tenant, paging, sought, ExtensionAnswer.Of, stop));

    private static Task<Results<Tagged<ExtensionAnswer>, ProblemHttpResult>> Get(Caller caller, string extension, IConfigurationStore store, CancellationToken stop) =>
        store.Show<ExtensionSettings, ExtensionAnswer>(caller.Tenant, extension, "extension", ExtensionAnswer.Of, stop);

    private static async Task<Results<Tagged<ExtensionAnswer>, ProblemHttpResult>> Put(Caller caller, string extension, Form<ExtensionForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        if (await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop) is not { } tenant) return Problems.NotFound("tenant");
        var now = await store.Find<ExtensionSettings>(caller.Tenant, extension, stop);
        if (Check(form.Value.Password, isNew: now is null) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        var wanted = now ?? new(caller.Tenant, extension, null, default, default);
        if (form.Value.Password is { } password)
            wanted = wanted with { Ha1Md5 = DigestHash.Md5(extension, tenant.Domain, password), Ha1Sha256 = DigestHash.Sha256(extension, tenant.Domain, password) };
        if (form.Value.Srtp is { } srtp) wanted = wanted with { Srtp = srtp };
        return await store.Save(wanted, [], caller, condition, ExtensionAnswer.Of, stop);
    }

    private static Items<Fault> Check(string? password, bool isNew) => password switch
    {
        null when isNew => [new Fault("password", "is missing")],
        { Length: < Passwords.Shortest or > Passwords.Longest } => [new Fault("password", $"must have {Passwords.Shortest}–{Passwords.Longest} characters")],
        _ => [],
    };

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string extension, IConfigurationStore store, CancellationToken stop)
    {
        if (await store.Find<ExtensionSettings>(caller.Tenant, extension, stop) is { Agent: { } agent }) return Problems.Of(RefusalCode.Conflict, $"This extension is the station of agent {agent}");
        return await store.Remove<ExtensionSettings>(caller.Tenant, extension, caller, stop);
    }
}

/// <summary>H(user:realm:password), all that digest authentication needs to know of a password (RFC 7616 §3.4.2).</summary>
public static class DigestHash
{
#pragma warning disable CA5351 // phones that know nothing better than MD5 are many
    public static Secret Md5(string user, string realm, string password) => new(Convert.ToHexStringLower(MD5.HashData(Text(user, realm, password))));
#pragma warning restore CA5351
    public static Secret Sha256(string user, string realm, string password) => new(Convert.ToHexStringLower(SHA256.HashData(Text(user, realm, password))));

    private static byte[] Text(string user, string realm, string password) => Encoding.UTF8.GetBytes($"{user}:{realm}:{password}");
}

/// <param name="Password">For the phone's digest; kept as hashes only, and never shown.</param>
/// <param name="Srtp">Whether calls to the phone are secured; left out = as it was.</param>
internal sealed record ExtensionForm(string? Password, SrtpUse? Srtp);

/// <param name="Agent">Whose station it is; set by the agent's <c>extension</c>.</param>
internal sealed record ExtensionAnswer(string Id, AgentId? Agent, SrtpUse Srtp)
{
    public static ExtensionAnswer Of(ExtensionSettings extension) => new(extension.Id, extension.Agent, extension.Srtp);
}
