using Microsoft.AspNetCore.Identity;

namespace CallCenter.Api.Access;

/// <summary>Password hashes in ASP.NET Core Identity's format, version 3 (PBKDF2-HMAC-SHA512, 100,000 rounds).</summary>
public static class Passwords
{
    /// <summary>Shortest and longest password, in characters (NIST SP 800-63B §3.1.1.2 asks for at least 8 and up to 64).</summary>
    public const int Shortest = 8, Longest = 128;

    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();
    /// <summary>The password of an unknown user, or of one who has none, is compared with this, so that the answer takes as long as for a known one.</summary>
    private static readonly Lazy<string> Decoy = new(() => Hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    public static Secret Hash(string password) => new(Hasher.HashPassword(Nobody, password));

    public static bool Fits(UserAccount? account, string password)
    {
        var hash = account is { HasPassword: true } ? account.PasswordHash.Value : null;
        return Hasher.VerifyHashedPassword(Nobody, hash ?? Decoy.Value, password) != PasswordVerificationResult.Failed && hash is not null;
    }
}
