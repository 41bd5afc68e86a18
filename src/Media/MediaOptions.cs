using System.Net;

namespace CallCenter.Media;

/// <summary>Settings of one engine.</summary>
public sealed record MediaOptions
{
    /// <summary>First RTP port; even (RFC 3550 §11). RTCP is the port above.</summary>
    public int PortFirst { get; init; } = 16384;

    /// <summary>Last port that may be used, RTCP included.</summary>
    public int PortLast { get; init; } = 32767;

    /// <summary>Where sockets listen.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Any;

    /// <summary>What SDP says; null = <see cref="BindAddress"/>, or the first address of the machine if that is any.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>Whether DTLS-SRTP is spoken (with ICE); off = as if OpenSSL were not there.</summary>
    public bool Dtls { get; init; } = true;

    /// <summary>TCP port where peers come in whose network lets no UDP through; 0 = any, null = none. Used with DTLS only.</summary>
    public int? StreamPort { get; init; }

    /// <summary>How long a peer of a leg with DTLS has to find a path and to shake hands, from the answer on.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without a sign of life for so long a peer with ICE is sent nothing more (RFC 7675 §5.1: 30 s).</summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Loop threads; 0 = one per two cores.</summary>
    public int Shards { get; init; }

    /// <summary>RTP comes and leaves by a ring (io_uring(7)), where the kernel has one (Linux 6.1) and lets the process use it; else by epoll, which takes an eighth more processor time.</summary>
    public bool Ring { get; init; } = true;

    /// <summary>The loop threads go before all that is not real time, where the process may have it; else by <see cref="Niceness"/>. There are half as many as cores, so that all else goes on.</summary>
    public bool RealTime { get; init; } = true;

    /// <summary>Of the loop threads, −20 (first) to 19: a packet may not wait for what else the machine does. Where the process may not have it, it stays as it was.</summary>
    public int Niceness { get; init; } = -11;

    /// <summary>No RTP for so long is reported; zero = never. A leg in talk sends 50 packets a second, so that seconds mean trouble.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Mean time between RTCP reports (RFC 3550 §6.2: 5 s), spread by ±50 % (§6.3.1).</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a leg's quality is told.</summary>
    public TimeSpan QualityWindow { get; init; } = UsualQualityWindow;

    public static readonly TimeSpan UsualQualityWindow = TimeSpan.FromSeconds(10);

    /// <summary>Silence of the believed source after which another may take its place; see <see cref="Rtp.SourceLatch"/>.</summary>
    public TimeSpan RelatchAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a closed leg's ports go on swallowing packets, so that no late one reaches the next owner.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>DSCP of RTP; 46 = expedited forwarding, as RFC 4594 §4.1 gives telephony.</summary>
    public int Dscp { get; init; } = 46;

    /// <summary>Most 5-second recording buffers (40 kB each) in use at once: two for each track that runs, and those that wait for the disk.</summary>
    public int RecordingBuffers { get; init; } = 4096;

    /// <summary>Every fault, not only the first; empty = good.</summary>
    public IEnumerable<string> Faults()
    {
        if (int.IsOddInteger(PortFirst)) yield return $"{nameof(PortFirst)} must be even (RFC 3550 §11)";
        if (PortFirst is < 1024 or > 65_534) yield return $"{nameof(PortFirst)} must lie within 1024–65534";
        if (PortLast > 65_535) yield return $"{nameof(PortLast)}: {PortLast} is not a port";
        if (PortLast <= PortFirst) yield return $"{nameof(PortLast)} must be above {nameof(PortFirst)} ({PortFirst})";
        if (StreamPort is < 0 or > 65_535) yield return $"{nameof(StreamPort)}: {StreamPort} is not a port";
        if (Shards is < 0 or > 64) yield return $"{nameof(Shards)} must lie within 0–64";
        if (Niceness is < -20 or > 19) yield return $"{nameof(Niceness)} must lie within -20–19";
        if (SilenceTimeout < TimeSpan.Zero) yield return $"{nameof(SilenceTimeout)} must not be negative";
        if (ConnectTimeout < TimeSpan.FromSeconds(1)) yield return $"{nameof(ConnectTimeout)} must be 1 s or more";
        if (ConsentTimeout < TimeSpan.FromSeconds(1)) yield return $"{nameof(ConsentTimeout)} must be 1 s or more";
        if (ReportInterval < TimeSpan.FromSeconds(1)) yield return $"{nameof(ReportInterval)} must be 1 s or more";
        if (QualityWindow < TimeSpan.FromSeconds(1)) yield return $"{nameof(QualityWindow)} must be 1 s or more";
        if (Dscp is < 0 or > 63) yield return $"{nameof(Dscp)} must lie within 0–63";
        if (RecordingBuffers < 4) yield return $"{nameof(RecordingBuffers)} must be 4 or more";
        if (AdvertisedAddress is { } a && a.AddressFamily != BindAddress.AddressFamily)
            yield return $"{nameof(AdvertisedAddress)} and {nameof(BindAddress)} must be of one family";
    }
}
