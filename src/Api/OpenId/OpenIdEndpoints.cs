using CallCenter.Contracts.Access;
using CallCenter.Api.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Api.OpenId;

/// <summary>Signing in by the firm's own identity provider. Whatever goes wrong leads to the sign-in page with a word that it knows.</summary>
internal static class OpenIdEndpoints
{
    public const string CallbackPath = "/api/v1/session/oidc/callback";

    public static IServiceCollection AddOpenId(this IServiceCollection services, ApiOptions options) => services
        .AddSingleton(new NetworkReach(options.ProviderNetworks)).AddSingleton<ProviderWire>().AddSingleton<ProviderBook>().AddSingleton<IdToken>()
        .AddSingleton<SealedCookie>().AddSingleton<OpenIdFlow>().AddSingleton<ProviderPeople>().AddSingleton<OpenIdAccounts>().AddSingleton<OpenIdDoor>();

    public static void MapOpenId(this IEndpointRouteBuilder session)
    {
        session.MapGet("/oidc/start", Start).OpenToAll().Produces(StatusCodes.Status302Found).WithSummary("Begin to sign in by the firm's identity provider; leads there, and in the end to the path of ours in return");
        session.MapGet("/oidc/callback", Callback).OpenToAll().Produces(StatusCodes.Status302Found).WithSummary("Where the identity provider leads back to");
        session.MapPost("/oidc/code", Code).OpenToAll().ProducesProblem(StatusCodes.Status429TooManyRequests).WithSummary("Give the code of the second factor, where the identity provider asked for none");
    }

    public static void MapProviderPeople(this IEndpointRouteBuilder api) =>
        api.Resource("/users/{user:id}/provider-person", "Users").MapDelete("", Forget).Demands(Resource.Users, Rights.Write).WithSummary("Forget which person of the identity provider a user is, as when the account goes to somebody else; the user's sessions end");

    private static async Task<Results<NoContent, ProblemHttpResult>> Forget(Caller caller, string user, ProviderPeople people, Sessions sessions, IAuditLog audit, CancellationToken stop)
    {
        if (!await people.Forget(caller.Tenant, user, stop)) return Problems.NotFound("person of the identity provider");
        await sessions.EndAll(caller.Tenant, user, except: null, stop);
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.ProviderPersonForgotten, user), stop);
        return TypedResults.NoContent();
    }

    private static async Task<RedirectHttpResult> Start(HttpContext http, [FromQuery(Name = "return")] string? returnTo, OpenIdDoor door) => TypedResults.Redirect(await door.Start(http, ReturnPath.Of(returnTo)));

    private static async Task<RedirectHttpResult> Callback(HttpContext http, OpenIdDoor door) => TypedResults.Redirect(await door.Callback(http));

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Code(HttpContext http, Form<CodeForm> form, OpenIdDoor door)
    {
        if (string.IsNullOrEmpty(form.Value.Code)) return Problems.Invalid("code", "is missing");
        return SameOrigin.Holds(http.Request) ? await door.Code(http, form.Value.Code) : Problems.Of(RefusalCode.Forbidden, "Sign in from our own pages, please");
    }
}

/// <summary>The steps of the sign-in by a provider, and what each leads to.</summary>
internal sealed class OpenIdDoor(IConfigurationStore store, OpenIdFlow flow, OpenIdAccounts accounts, SealedCookie cookies, FrontDoor door, ApiOptions options)
{
    private const string FactorCookie = "callcenter-oidc-factor";
    private static readonly TimeSpan FactorLife = TimeSpan.FromMinutes(5);

    public async Task<string> Start(HttpContext http, string returnTo)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (settings, back) = await Here(http);
        if (settings is null) return Failed("/", EntryFault.OidcOff);
        return await flow.Start(http, settings, back, returnTo) ?? Failed(returnTo, EntryFault.OidcUnreachable);
    }

    public async Task<string> Callback(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (settings, back) = await Here(http);
        if (settings is null) return Failed("/", EntryFault.OidcOff);
        var (claims, fault, returnTo) = await flow.Finish(http, settings, back);
        if (claims is null) return Failed(returnTo, fault);
        var (account, why) = await accounts.Of(settings, claims, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted);
        if (account is null)
        {
            await door.Unknown(http, settings.Owner, why);
            return Failed(returnTo, why);
        }
        var shown = settings.TrustsFactor && claims.HasSecondFactor;
        if (!shown && await door.WantsFactor(http, account))
        {
            cookies.Write(http, settings.Owner, FactorCookie, new Waiting(account.Id), FactorLife);
            return ReturnPath.With(returnTo, "signIn", "code");
        }
        var (_, barred) = await door.Admit(http, account, new(FromProvider: true, HadFactor: shown));
        return barred is { } bar ? Failed(returnTo, bar) : returnTo;
    }

    /// <summary>The last step of who has a second factor here.</summary>
    public async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Code(HttpContext http, string code)
    {
        var (settings, _) = await Here(http);
        if (settings is null || cookies.Read<Waiting>(http, settings.Owner, FactorCookie) is not { } waiting || await store.Find<UserAccount>(settings.Owner, waiting.User, http.RequestAborted) is not { } account)
            return Problems.Of(StatusCodes.Status403Forbidden, Names.Of(EntryFault.OidcExpired), "It took too long; begin anew");
        if (await door.AskFactor(http, account, code) is { } refused) return refused;
        var (entered, barred) = await door.Admit(http, account, new(FromProvider: true, HadFactor: false));
        if (barred is not null) return FrontDoor.Barred(account, barred.Value);
        SealedCookie.Drop(http, FactorCookie);
        return TypedResults.Ok(entered!);
    }

    /// <summary>The provider of whose host this is, and our address there: by the name that we know, whatever the request claims.</summary>
    private async Task<(IdentityProvider? Settings, Uri Back)> Here(HttpContext http)
    {
        var host = await store.FindTenantByDomain(AskedHost.Of(http.Request), http.RequestAborted) is null ? null : AskedHost.Of(http.Request);
        var tenant = await store.TenantOf(http, null) ?? TenantId.Operator;
        var settings = await store.Find<IdentityProvider>(tenant, IdentityProvider.OnlyId, http.RequestAborted);
        return (settings is { Enabled: true } ? settings : null, new(options.PublicAddress(host), OpenIdEndpoints.CallbackPath));
    }

    private static string Failed(string returnTo, EntryFault fault) => ReturnPath.With(returnTo, "fault", Names.Of(fault));

    /// <summary>Who has shown everything but the second factor.</summary>
    private sealed record Waiting(string User);
}
