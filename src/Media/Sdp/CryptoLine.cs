using System.Globalization;
using System.Numerics;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Sdp;

/// <summary>
/// One <c>a=crypto</c> (RFC 4568 §9.1, §9.2):
/// <code>tag SP suite SP inline:BASE64[|lifetime][|mki:length][;inline:…] [SP session-parameter]…</code>
/// </summary>
/// <param name="Tag">Names the line in the answer; up to 9 digits.</param>
/// <param name="Lifetime">RTP packets until the key is worn out.</param>
sealed record CryptoLine(int Tag, SrtpSuite Suite, SrtpMasterKey Key, ulong Lifetime = SrtpKeys.MaxLifetime)
{
    const string Inline = "inline:", WindowHint = "WSH=";
    const int LongestTag = 9, LeastWindow = 64;

    /// <summary>
    /// False for a line that must be passed over: no such suite, a key of another size, a lifetime beyond the suite's (§6.1); several keys or one with an
    /// identifier (MKI), which we do not carry in packets; or a parameter that we do not know and that may not be ignored (§6.3.7).
    /// </summary>
    public static bool TryRead(string value, out CryptoLine line)
    {
        line = null!;
        if (value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var tagText, var name, var keyText, .. var parameters]) return false;
        if (tagText.Length > LongestTag || !int.TryParse(tagText, NumberStyles.None, CultureInfo.InvariantCulture, out var tag) || SrtpSuite.Find(name) is not { } suite) return false;
        if (!TryReadKey(suite, keyText, out var key, out var lifetime) || !parameters.All(IsHarmless)) return false;
        line = new(tag, suite, key, lifetime);
        return true;
    }

    public SdpAttribute ToAttribute() => new(SdpAttribute.Crypto, string.Create(CultureInfo.InvariantCulture, $"{Tag} {Suite.Name} {Inline}{Key.ToBase64()}"));

    static bool TryReadKey(SrtpSuite suite, string text, out SrtpMasterKey key, out ulong lifetime)
    {
        (key, lifetime) = (null!, SrtpKeys.MaxLifetime);
        if (!text.StartsWith(Inline, StringComparison.OrdinalIgnoreCase) || text.Contains(';', StringComparison.Ordinal)) return false;
        var parts = text[Inline.Length..].Split('|');
        if (parts.Length > 2 || parts.Length == 2 && !TryReadLifetime(parts[1], out lifetime)) return false; // what has a colon is an MKI
        if (!SrtpMasterKey.TryRead(suite, parts[0], out var read)) return false;
        key = read;
        return true;
    }

    /// <summary>A number, or a power of two written <c>2^n</c>.</summary>
    static bool TryReadLifetime(string text, out ulong lifetime)
    {
        var isPower = text.StartsWith("2^", StringComparison.Ordinal);
        if (!ulong.TryParse(isPower ? text.AsSpan(2) : text, NumberStyles.None, CultureInfo.InvariantCulture, out lifetime)) return false;
        if (isPower) lifetime = lifetime <= (ulong)BitOperations.Log2(SrtpKeys.MaxLifetime) ? 1UL << (int)lifetime : 0;
        return lifetime is > 0 and <= SrtpKeys.MaxLifetime;
    }

    /// <summary>A hint at the window's size (§6.3.5; ours is 128 whatever the hint); and what its "-" says may be ignored.</summary>
    static bool IsHarmless(string parameter) =>
        parameter[0] == '-' || parameter.StartsWith(WindowHint, StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(parameter.AsSpan(WindowHint.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var window) && window >= LeastWindow;
}
