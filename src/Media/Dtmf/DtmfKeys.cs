namespace CallCenter.Media.Dtmf;

/// <summary>Keys as people write them, and their event codes (RFC 4733 §3.2).</summary>
public static class DtmfKeys
{
    const string Keys = "0123456789*#ABCD!"; // ! is flash, as dial strings write it

    public static bool TryKey(byte code, out char key)
    {
        key = code < Keys.Length ? Keys[code] : '\0';
        return code < Keys.Length;
    }

    public static bool TryCode(char key, out byte code)
    {
        var at = Keys.IndexOf(char.ToUpperInvariant(key), StringComparison.Ordinal);
        code = (byte)Math.Max(at, 0);
        return at >= 0;
    }
}
