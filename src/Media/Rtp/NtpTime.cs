namespace CallCenter.Media.Rtp;

/// <summary>64-bit NTP time (RFC 3550 §4): seconds since 1900 in 32.32 fixed point.</summary>
public readonly record struct NtpTime(ulong Value)
{
    static readonly DateTimeOffset epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The middle 32 bits, in units of 1/65536 s, as used by LSR and DLSR (§6.4.1).</summary>
    public uint Middle => (uint)(Value >> 16);

    public static NtpTime Of(DateTimeOffset at)
    {
        var ticks = (at - epoch).Ticks;
        var seconds = (ulong)(ticks / TimeSpan.TicksPerSecond);
        var fraction = ((ulong)(ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return new(seconds << 32 | fraction);
    }
}
