namespace CallCenter.Media.Dtls;

/// <summary>When a flight that is not answered is sent again (RFC 6347 §4.2.4): first after so long, then after twice as long each time.</summary>
/// <param name="First">The RFC says 1 s; half of all lines are answered within 50 ms, and a caller waits for this.</param>
public sealed record DtlsTimers(TimeSpan First, TimeSpan Longest)
{
    public static readonly DtlsTimers Usual = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3));

    /// <summary>µs.</summary>
    /// <param name="last">What it was; 0 at first.</param>
    internal uint Next(uint last)
    {
        var longest = (uint)Longest.TotalMicroseconds;
        return last == 0 ? (uint)First.TotalMicroseconds : last > longest / 2 ? longest : 2 * last;
    }
}
