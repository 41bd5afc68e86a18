using System.Buffers.Binary;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Rtp;
using CallCenter.Media.Srtp;

namespace CallCenter.Fuzz;

/// <summary>
/// Damaged SRTP and SRTCP of one suite: none of it is taken for the peer's, and what the peer sent is taken as ever after it. And nonsense that
/// a peer has sealed with the right key: it opens, and the readers behind bear it.
/// </summary>
sealed class SrtpFuzz : IDisposable
{
    const int Renewed = 500;
    const uint Source = 0xDEADBEEF;

    readonly SrtpSender sender;
    readonly SrtpReceiver receiver;
    readonly SrtpSuite suite;
    readonly ByteMutator mutator;
    SrtpSender liar;
    SrtpReceiver listener;
    int lies;
    readonly byte[] room = new byte[12_000];
    ushort sequence;

    public SrtpFuzz(SrtpSuite suite, ByteMutator mutator)
    {
        var key = SrtpMasterKey.Create(suite);
        (this.suite, sender, receiver, this.mutator) = (suite, new(suite, key), new(suite, key), mutator);
        (liar, listener) = (new(suite, key), new(suite, key));
    }

    /// <summary>True if the damaged packet was a whole one after all.</summary>
    public bool Once() => (sequence & 1) == 0 ? Media() : Control();

    bool Media()
    {
        byte[] packet = [0x80, 0, (byte)(++sequence >> 8), (byte)sequence, 0, 0, 0, 0, 0xDE, 0xAD, 0xBE, 0xEF, .. MediaSamples.Rtp[0]];
        MediaFuzz.Demand(sender.TryProtect(packet, room, out var secured), "a packet is not secured", packet);
        var sent = secured.ToArray();
        var whole = Opens(mutator.Next([sent]), sent, false);
        MediaFuzz.Demand(whole || Opens(sent, sent, false), "a packet is refused after a damaged one", sent);
        return whole;
    }

    bool Control()
    {
        sequence++;
        MediaSamples.Rtcp[0].CopyTo(room, 0);
        var sent = room[..sender.ProtectControl(room, MediaSamples.Rtcp[0].Length)];
        var whole = Opens(mutator.Next([sent]), sent, true);
        MediaFuzz.Demand(whole || Opens(sent, sent, true), "a report is refused after a damaged one", sent);
        return whole;
    }

    /// <summary>True if what was sealed makes sense after all.</summary>
    public bool Sealed()
    {
        if (++lies % Renewed == 0) Renew();
        return (lies & 1) == 0 ? SealedMedia(mutator.Next(MediaSamples.Rtp)) : SealedControl(mutator.Next(MediaSamples.Rtcp));
    }

    bool SealedMedia(byte[] packet)
    {
        if (packet.Length >= RtpHeader.Size && lies % 8 > 0) // else whoever has another source, or a number used before, is not even sealed
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)lies);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), Source);
        }
        if (!liar.TryProtect(packet, room, out var secured)) return false;
        MediaFuzz.Demand(listener.TryUnprotect(ref secured), "a sealed packet does not open", packet);
        MediaFuzz.Demand(secured.SequenceEqual(packet), "a packet changes when it is sealed and opened", packet);
        return MediaFuzz.Rtp(packet);
    }

    bool SealedControl(byte[] compound)
    {
        if (compound.Length > room.Length - SrtpSender.MaxGrowth) return false;
        compound.CopyTo(room, 0);
        var length = liar.ProtectControl(room, compound.Length);
        if (length == 0) return false;
        var secured = room.AsSpan(0, length);
        if (!listener.TryUnprotectControl(ref secured)) return false; // one source too many under this key
        MediaFuzz.Demand(secured.SequenceEqual(compound), "a report changes when it is sealed and opened", compound);
        return MediaFuzz.Rtcp(compound);
    }

    /// <summary>Numbers do not come round under a key, and sources are remembered: a fresh one now and then.</summary>
    void Renew()
    {
        liar.Dispose();
        listener.Dispose();
        var key = SrtpMasterKey.Create(suite);
        (liar, listener) = (new(suite, key), new(suite, key));
    }

    bool Opens(byte[] message, byte[] sent, bool isControl)
    {
        var packet = message.ToArray().AsSpan();
        var opened = isControl ? receiver.TryUnprotectControl(ref packet) : receiver.TryUnprotect(ref packet);
        MediaFuzz.Demand(!opened || message.AsSpan().SequenceEqual(sent), "a damaged packet is taken", message);
        return opened;
    }

    public void Dispose()
    {
        liar.Dispose();
        listener.Dispose();
        sender.Dispose();
        receiver.Dispose();
    }
}
