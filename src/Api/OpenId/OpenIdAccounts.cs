using CallCenter.Api.SignIn;

namespace CallCenter.Api.OpenId;

/// <summary>Whose account it is that a provider's token names; it is made, or gets another role, where the firm has so decided.</summary>
internal sealed class OpenIdAccounts(IConfigurationStore store, ProviderPeople people, Standing standing)
{
    private const string EmailClaim = "email", NameClaim = "preferred_username";
    private const int LongestId = 64, Candidates = 20;

    /// <remarks>Who came before is who they were then, whatever they are called now; who comes first is whom the claim names, if nobody else came as that.</remarks>
    public async Task<(UserAccount? Account, EntryFault Fault)> Of(IdentityProvider provider, Claims claims, string? address, CancellationToken stop)
    {
        var known = await Former(provider, claims, stop);
        if (known is null && await Find(provider, claims, stop) is { } named)
        {
            if (!await people.Bind(provider, claims.Subject, named.Id, stop)) return (null, EntryFault.OidcAnother);
            known = named;
        }
        var role = provider.RoleFor(claims.Texts(provider.GroupsClaim ?? "")) ?? provider.NewRole;
        if (known is null && provider.NewRole is null) return (null, EntryFault.OidcUnknown);
        if (role is null && (known is null || !provider.Groups.IsEmpty)) return (null, EntryFault.OidcNoRole);
        var by = new Author(provider.Owner, IdentityProvider.OnlyId, address);
        if (known is null) return Made(await Make(provider, claims, role!.Value, by, stop));
        if (provider.Groups.IsEmpty || known.Role == role || known.Disabled) return (known, EntryFault.None);
        return Made((await store.Put(known with { Role = role!.Value }, by, known.Version, stop)).Setting);
    }

    private async Task<UserAccount?> Former(IdentityProvider provider, Claims claims, CancellationToken stop) =>
        await people.AccountOf(provider, claims.Subject, stop) is { } account ? await store.Find<UserAccount>(provider.Owner, account, stop) : null;

    private (UserAccount?, EntryFault) Made(UserAccount? account)
    {
        if (account is null) return (null, EntryFault.OidcUnknown);
        standing.ForgetAccount(account.Owner, account.Id);
        return (account, EntryFault.None);
    }

    private Task<UserAccount?> Find(IdentityProvider provider, Claims claims, CancellationToken stop) => provider.UserClaim switch
    {
        EmailClaim => OfEmail(provider.Owner, claims.Email, stop),
        null => claims.Text(EmailClaim) is null ? Named(provider.Owner, claims.Text(NameClaim), stop) : OfEmail(provider.Owner, claims.Email, stop),
        { } claim => Named(provider.Owner, claims.Text(claim), stop),
    };

    private async Task<UserAccount?> Named(TenantId owner, string? name, CancellationToken stop) => name is { Length: > 0 and <= LongestId } ? await store.Find<UserAccount>(owner, name.ToLowerInvariant(), stop) : null;

    /// <summary>The one account that has this address; null if several have it.</summary>
    private async Task<UserAccount?> OfEmail(TenantId owner, string? email, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(email)) return null;
        var found = (await store.Search<UserAccount>(owner, email, null, Candidates, stop)).Items.Where(account => string.Equals(account.Email, email, StringComparison.OrdinalIgnoreCase)).ToList();
        return found is [var only] ? only : null;
    }

    /// <summary>Null where the token holds no name that could be ours, or somebody has it already.</summary>
    private async Task<UserAccount?> Make(IdentityProvider provider, Claims claims, Role role, Author by, CancellationToken stop)
    {
        var id = Id(claims.Text(provider.UserClaim ?? NameClaim) ?? claims.Text(NameClaim) ?? claims.Text(EmailClaim) ?? "");
        var account = new UserAccount(provider.Owner, id, claims.Text("name") ?? id, role, UserAccount.NoPassword, Email: claims.Email);
        if (!account.Check().IsEmpty) account = account with { Name = id };
        if (!account.Check().IsEmpty) account = account with { Email = null };
        if (!account.Check().IsEmpty || (await store.Put(account, by, expectedVersion: 0, stop)).Setting is not { } made) return null;
        await people.Bind(provider, claims.Subject, made.Id, stop);
        return made;
    }

    /// <summary>What stands before the @, in the letters of our ids.</summary>
    private static string Id(string name)
    {
        var letters = name.Split('@')[0].ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-').Take(LongestId).ToArray();
        return new string(letters).Trim('-');
    }
}
