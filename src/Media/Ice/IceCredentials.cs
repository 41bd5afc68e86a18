using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CallCenter.Media.Ice;

/// <summary>User fragment and password of one side (RFC 8839 §5.4). The text of it never shows the password.</summary>
/// <param name="Fragment">4–256 letters, digits, + and /.</param>
/// <param name="Password">22–256 of the same.</param>
public sealed record IceCredentials(string Fragment, string Password)
{
    /// <summary>48 and 144 bits at random, where 24 and 128 are asked for (RFC 8445 §5.3): a fragment also finds its leg among all those of an edge.</summary>
    const int FragmentBytes = 6, PasswordBytes = 18;

    const int ShortestFragment = 4, ShortestPassword = 22, Longest = 256;

    static readonly SearchValues<char> iceChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>New ones, of the system's random numbers. What base64 is written with is just what is allowed here.</summary>
    public static IceCredentials Create() =>
        new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(FragmentBytes)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordBytes)));

    /// <summary>Those of a session description. False: too short, too long or of other characters.</summary>
    public static bool TryOf(string? fragment, string? password, [NotNullWhen(true)] out IceCredentials? credentials)
    {
        credentials = IsGood(fragment, ShortestFragment) && IsGood(password, ShortestPassword) ? new(fragment, password) : null;
        return credentials is not null;
    }

    public override string ToString() => Fragment;

    static bool IsGood([NotNullWhen(true)] string? text, int shortest) =>
        text is not null && text.Length >= shortest && text.Length <= Longest && !text.AsSpan().ContainsAnyExcept(iceChars);
}
