using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Api.Access;

/// <summary>
/// A session in a token that nobody can forge: <c>cs.tenant.user.id.expires.stamp.mac</c>. It carries no rights: the account
/// is read at each request, so that a changed role, password or a deleted user bites at once.
/// </summary>
/// <param name="Id">32 hexadecimal digits (a UUID, version 7, of the instant of expiry), by which sign-out ends it.</param>
/// <param name="Expires">Whole seconds.</param>
/// <param name="Stamp">Changes with the account's password.</param>
internal sealed record SessionToken(TenantId Tenant, string User, string Id, DateTimeOffset Expires, string Stamp)
{
    public const string Prefix = "cs.";
    private const int Parts = 7;
    private const int LongestText = 512;

    public static SessionToken For(UserAccount account, DateTimeOffset expires) =>
        new(account.Owner, account.Id, NewId(expires), expires, StampOf(account));

    /// <summary>Ids sort by the instant at which their sessions expire.</summary>
    public static string NewId(DateTimeOffset expires) => Guid.CreateVersion7(expires).ToString("n");

    public static string StampOf(UserAccount account) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.PasswordHash.Value)).AsSpan(0, 8));

    public string Sign(ReadOnlySpan<byte> key)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Tenant}.{User}.{Id}.{Expires.ToUnixTimeSeconds()}.{Stamp}");
        return $"{body}.{Mac(key, body)}";
    }

    /// <summary>False if it was not signed with this key or is no token; whether it has expired is the reader's matter.</summary>
    public static bool TryRead(string text, ReadOnlySpan<byte> key, [NotNullWhen(true)] out SessionToken? token)
    {
        token = null;
        if (text.Length > LongestText || text.Split('.') is not { Length: Parts } parts || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var body = text[..text.LastIndexOf('.')];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(key, body)), Encoding.ASCII.GetBytes(parts[6]))) return false;
        if (!TenantId.TryParse(parts[1], null, out var tenant) || !long.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        token = new(tenant, parts[2], parts[3], DateTimeOffset.FromUnixTimeSeconds(seconds), parts[5]);
        return true;
    }

    private static string Mac(ReadOnlySpan<byte> key, string body) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));
}
