using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.OpenId;

/// <summary>
/// Which account a person of an identity provider has here: the one as which they first came in. Issuer and <c>sub</c> together name a person for good, names and addresses do not
/// (OpenID Connect Core 1.0 §5.7). The client belongs to it: <c>sub</c> may differ from client to client (§8.1).
/// </summary>
internal sealed class ProviderPeople(IAccessRecords records)
{
    /// <summary>The account that is theirs; null for who has not come in before.</summary>
    public async Task<string?> AccountOf(IdentityProvider provider, string subject, CancellationToken stop) =>
        (await records.Find(provider.Owner, AccessKind.ProviderPerson, Id(provider, subject), stop))?.User;

    /// <summary>The account is theirs from now on. False: it is another person's of that provider.</summary>
    public async Task<bool> Bind(IdentityProvider provider, string subject, string account, CancellationToken stop)
    {
        var id = Id(provider, subject);
        if (await OfOthers(provider, account, id, stop)) return false;
        var former = await records.Find(provider.Owner, AccessKind.ProviderPerson, id, stop); // of an account that is gone
        await records.Put(new(provider.Owner, AccessKind.ProviderPerson, id, account, null, Place(provider), former?.Version ?? 0), stop);
        if (!await OfOthers(provider, account, id, stop)) return true;
        await records.Delete(provider.Owner, AccessKind.ProviderPerson, id, stop); // two came at the same moment: neither has it
        return false;
    }

    /// <summary>The account is whoever's it names who comes next. False: it was nobody's.</summary>
    public async Task<bool> Forget(TenantId owner, string account, CancellationToken stop) => await records.DeleteOf(owner, AccessKind.ProviderPerson, account, stop: stop) > 0;

    private async Task<bool> OfOthers(IdentityProvider provider, string account, string id, CancellationToken stop) =>
        (await records.Of(provider.Owner, AccessKind.ProviderPerson, account, stop)).Any(other => other.Body == Place(provider) && other.Id != id);

    private static string Place(IdentityProvider provider) => JsonSerializer.Serialize(new[] { provider.Issuer, provider.ClientId });

    /// <summary>Hashed: it is a key, and of any length.</summary>
    private static string Id(IdentityProvider provider, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { provider.Issuer, provider.ClientId, subject }))));
}
