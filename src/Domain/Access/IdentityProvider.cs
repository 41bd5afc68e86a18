using System.Globalization;

namespace CallCenter.Domain.Access;

/// <summary>A firm's own identity provider, by which its people sign in (OpenID Connect Core 1.0); an owner has one.</summary>
/// <param name="Enabled">Whether anybody is sent there.</param>
/// <param name="Name">As the sign-in page calls it; null = it has no name.</param>
/// <param name="Issuer">Its address, exactly as its tokens write it (§2, <c>iss</c>).</param>
/// <param name="ClientSecret">Sealed with the owner's key; empty for a public client, whom PKCE alone protects.</param>
/// <param name="Scopes">What is asked for; <c>openid</c> is always among them (§3.1.2.1).</param>
/// <param name="UserClaim">The claim that names the account; null = <c>email</c>, or <c>preferred_username</c> where that names none.</param>
/// <param name="Groups">Which role a group gives, the first that fits; empty = roles are given here.</param>
/// <param name="GroupsClaim">Where a token tells the groups.</param>
/// <param name="NewRole">Who has no account gets one with this role, as has whom no group gives another; null = accounts must exist.</param>
/// <param name="TrustsFactor">Who showed a second factor there (<c>amr</c>, RFC 8176) is not asked for another here.</param>
/// <param name="Passwords">Passwords open accounts too.</param>
[GenerateSerializer, Immutable, Alias("IdentityProvider")]
public sealed record IdentityProvider(
    [property: Id(0)] TenantId Owner, [property: Id(1)] bool Enabled, [property: Id(2)] string? Name, [property: Id(3)] string Issuer, [property: Id(4)] string ClientId, [property: Id(5)] Secret ClientSecret,
    [property: Id(6)] Items<string> Scopes, [property: Id(7)] string? UserClaim, [property: Id(8)] string? GroupsClaim, [property: Id(9)] Items<GroupRole> Groups, [property: Id(10)] Role? NewRole,
    [property: Id(11)] bool TrustsFactor, [property: Id(12)] bool Passwords = true, [property: Id(13)] long Version = 0) : ISetting
{
    public const string OnlyId = "identity-provider";
    private const int MostScopes = 20, MostGroups = 100, LongestName = 60, LongestIssuer = 500, LongestWord = 200;

    public string Id => OnlyId;

    /// <summary>Before anybody chose: there is none, and passwords open.</summary>
    public static IdentityProvider None(TenantId owner) => new(owner, false, null, "", "", new(""), ["openid", "profile", "email"], null, null, [], null, false);

    /// <summary>People get in by it alone.</summary>
    public bool Alone => Enabled && !Passwords;

    /// <summary>What somebody of these groups is here; null = nobody says.</summary>
    public Role? RoleFor(IReadOnlyCollection<string> groups)
    {
        foreach (var given in Groups)
            if (groups.Contains(given.Group)) return given.Role;
        return null;
    }

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32)
            .When(!IsIssuer(Issuer), "issuer", "must be an address that begins with https://, without query or fragment")
            .When(!IsWord(ClientId), "clientId", $"must have 1–{LongestWord} printable characters")
            .When(Scopes.Count > MostScopes || Scopes.Any(scope => !IsScope(scope)), "scopes", "must be words without spaces, 20 at most")
            .When(!Scopes.Contains("openid"), "scopes", "must hold openid")
            .When(UserClaim is not null && !IsWord(UserClaim), "userClaim", "must be the name of a claim")
            .When(GroupsClaim is not null && !IsWord(GroupsClaim), "groupsClaim", "must be the name of a claim")
            .When(!Groups.IsEmpty && GroupsClaim is null, "groupsClaim", "is missing: where does a token tell the groups?")
            .When(Groups.Count > MostGroups, "groups", $"are more than {MostGroups}")
            .When(NewRole is { } role && !IsOurs(role), "newRole", "is not a role of this firm")
            .When(!Enabled && !Passwords, "passwords", "must stay while nobody is sent to the provider: nobody could sign in");
        if (Name is not null) faults.Name(Name, "name", LongestName);
        for (var i = 0; i < Groups.Count; i++)
            faults.When(!IsWord(Groups[i]?.Group), string.Create(CultureInfo.InvariantCulture, $"groups[{i}].group"), "is missing, or too long").When(Groups[i] is { } given && !IsOurs(given.Role), string.Create(CultureInfo.InvariantCulture, $"groups[{i}].role"), "is not a role of this firm");
        return faults.Done();
    }

    private bool IsOurs(Role role) => Enum.IsDefined(role) && role.IsOperators() == (Owner == TenantId.Operator);

    /// <summary>Loopback needs no TLS; whether it may be reached at all is the api's matter.</summary>
    private static bool IsIssuer(string? text) =>
        text is { Length: <= LongestIssuer } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal) && uri.UserInfo.Length == 0;

    private static bool IsScope(string? text) => text is { Length: > 0 and <= LongestWord } && text.All(c => c is > ' ' and < '\u007f' and not ('"' or '\\')); // RFC 6749 §3.3

    private static bool IsWord(string? text) => text is { Length: > 0 and <= LongestWord } && !text.Any(char.IsControl);
}

/// <param name="Group">As the token writes it.</param>
[GenerateSerializer, Immutable, Alias("GroupRole")]
public sealed record GroupRole([property: Id(0)] string Group, [property: Id(1)] Role Role);
