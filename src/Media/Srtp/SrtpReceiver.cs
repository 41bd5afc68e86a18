using System.Buffers.Binary;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Srtp;

/// <summary>
/// Opens what a peer sends under one master key (RFC 3711 §3.3, §3.4; RFC 7714). Order as there: 1 index, 2 replay, 3 tag, 4 decryption, and only
/// then 5 is anything remembered: whoever lacks the key leaves no trace.
/// </summary>
/// <param name="lifetime">RTP packets until the key is worn out.</param>
public sealed class SrtpReceiver(SrtpSuite suite, SrtpMasterKey key, ulong lifetime = SrtpKeys.MaxLifetime) : IDisposable
{
    const int LongestPacket = 2048;

    readonly SrtpTransform media = SrtpTransform.Media(suite, key, seals: false), control = SrtpTransform.Control(suite, key, seals: false);
    KnownSources sources = new(), controlSources = new();
    SrtpReceiver? before;
    ulong left = lifetime;

    /// <summary>
    /// This key takes the place of another's. Whether the roll-over counter begins anew with it is read both ways (RFC 3711 §3.3.1: it goes on;
    /// RFC 4568 §7.1.4: from 0 where the address changes), so a source's first packet may have either.
    /// </summary>
    public void Follow(SrtpReceiver former)
    {
        before = former;
        former.before = null;
    }

    /// <summary>Opens an RTP packet where it stands, and shortens it to the plain one. False: not the peer's, or one seen before; its bytes may be spoilt then.</summary>
    public bool TryUnprotect(ref Span<byte> packet)
    {
        if (!RtpHeader.TryMeasure(packet, out var clear, out var sequence, out var ssrc) || packet.Length - suite.TagSize < clear || left == 0) return false;
        var at = sources.Find(ssrc);
        if (at < 0)
        {
            if (!TryFirst(packet, clear, ssrc, sequence)) return false;
        }
        else
        {
            ref var window = ref sources[at];
            var index = PacketIndex.Guess(window.Highest, sequence);
            if (!window.Admits(index) || !TryOpen(packet, clear, ssrc, index)) return false;
            window.Note(index);
        }
        left--;
        packet = packet[..^suite.TagSize];
        return true;
    }

    /// <summary>The same of RTCP. A packet that is only authenticated, not encrypted, was not agreed on (RFC 4568 §6.3.2) and is refused.</summary>
    public bool TryUnprotectControl(ref Span<byte> packet)
    {
        if (packet.Length < SrtpControl.Clear + SrtpControl.TrailerSize + suite.ControlTagSize) return false;
        var parts = SrtpControl.Of(packet, suite);
        var word = BinaryPrimitives.ReadUInt32BigEndian(parts.Trailer);
        if ((word & SrtpControl.EncryptedFlag) == 0) return false;
        var (index, ssrc) = ((ulong)(word & SrtpControl.IndexMask), SrtpControl.Ssrc(packet));
        var at = controlSources.Find(ssrc);
        if (at < 0 ? controlSources.IsFull : !controlSources[at].Admits(index)) return false;
        if (!control.TryOpen(parts.Packet, SrtpControl.Clear, ssrc, index, parts.Trailer, parts.Tag)) return false;
        if (at < 0) controlSources.Add(ssrc, index);
        else controlSources[at].Note(index);
        packet = parts.Packet;
        return true;
    }

    public void Dispose()
    {
        media.Dispose();
        control.Dispose();
    }

    bool TryFirst(Span<byte> packet, int clear, uint ssrc, ushort sequence)
    {
        if (sources.IsFull) return false;
        var index = (ulong)sequence;
        if (before?.IndexOf(ssrc, sequence) is { } goesOn && goesOn != index)
        {
            if (packet.Length > LongestPacket) return false;
            Span<byte> copy = stackalloc byte[LongestPacket]; // for an attempt may spoil it
            copy = copy[..packet.Length];
            packet.CopyTo(copy);
            if (TryOpen(copy, clear, ssrc, goesOn))
            {
                copy.CopyTo(packet);
                sources.Add(ssrc, goesOn);
                return true;
            }
        }
        if (!TryOpen(packet, clear, ssrc, index)) return false;
        sources.Add(ssrc, index);
        return true;
    }

    /// <summary>What the former key would take a packet's index for; null of a source that it did not know.</summary>
    ulong? IndexOf(uint ssrc, ushort sequence) => sources.Find(ssrc) is >= 0 and var at ? PacketIndex.Guess(sources[at].Highest, sequence) : null;

    bool TryOpen(Span<byte> packet, int clear, uint ssrc, ulong index)
    {
        Span<byte> rollOver = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(rollOver, PacketIndex.RollOver(index));
        return media.TryOpen(packet[..^suite.TagSize], clear, ssrc, index, rollOver, packet[^suite.TagSize..]);
    }
}
