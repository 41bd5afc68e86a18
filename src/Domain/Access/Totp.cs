using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace CallCenter.Domain.Access;

/// <summary>Time-based one-time passwords (RFC 6238) as authenticator apps make them: HMAC-SHA1, steps of 30 s, six digits.</summary>
public static class Totp
{
    /// <summary>Seconds a step lasts (RFC 6238 §5.2).</summary>
    public const int StepSeconds = 30;

    /// <summary>Bytes of a secret: the length of the hash (RFC 4226 §4, R6).</summary>
    public const int SecretLength = 20;

    /// <summary>Steps that the two clocks may be apart (RFC 6238 §6).</summary>
    private const int Window = 1;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648 §6

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step: HOTP with the step as counter (RFC 4226 §5.3).</summary>
    /// <param name="digits">6–8.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8], mac = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(secret, counter, mac);
        var offset = mac[19] & 0x0F;
        var number = (BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7FFF_FFFF) % (uint)Math.Pow(10, digits);
        return number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>Finds the step that a code belongs to. A step that was used already, or one before it, counts no more (RFC 6238 §5.2).</summary>
    /// <param name="lastUsed">The newest step that was used; 0 = none.</param>
    public static bool TryMatch(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now, long lastUsed, out long step)
    {
        step = 0;
        if (code is not { Length: 6 }) return false;
        for (var candidate = StepAt(now) - Window; candidate <= StepAt(now) + Window; candidate++)
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, candidate)), System.Text.Encoding.ASCII.GetBytes(code)) && candidate > lastUsed) step = candidate;
        return step > 0;
    }

    /// <summary>As apps take it: Base32 without padding (RFC 4648 §6).</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder((bytes.Length * 8 + 4) / 5);
        var (bits, held) = (0u, 0);
        foreach (var one in bytes)
        {
            bits = (bits << 8) | one;
            for (held += 8; held >= 5; held -= 5) text.Append(Alphabet[(int)(bits >> (held - 5)) & 31]);
        }
        if (held > 0) text.Append(Alphabet[(int)(bits << (5 - held)) & 31]);
        return text.ToString();
    }

    /// <summary>What a QR code for an authenticator app says.</summary>
    /// <param name="issuer">The firm's name.</param>
    public static string Uri(ReadOnlySpan<byte> secret, string issuer, string account)
    {
        var firm = System.Uri.EscapeDataString(issuer);
        return $"otpauth://totp/{firm}:{System.Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={firm}&algorithm=SHA1&digits=6&period={StepSeconds}";
    }
}
