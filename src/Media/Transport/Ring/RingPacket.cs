namespace CallCenter.Media.Transport.Ring;

/// <summary>A datagram as a ring took it.</summary>
readonly ref struct RingPacket(ulong key, PeerName from, ReadOnlySpan<byte> control, Span<byte> bytes)
{
    /// <summary>Of the socket that it came to.</summary>
    public ulong Key { get; } = key;

    public PeerName From { get; } = from;

    /// <summary>Ancillary data (cmsg(3)).</summary>
    public ReadOnlySpan<byte> Control { get; } = control;

    public Span<byte> Bytes { get; } = bytes;
}
