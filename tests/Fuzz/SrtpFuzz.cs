using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Srtp;

namespace CallCenter.Fuzz;

/// <summary>Damaged SRTP and SRTCP of one suite: none of it is taken for the peer's, and what the peer sent is taken as ever after it.</summary>
sealed class SrtpFuzz : IDisposable
{
    readonly SrtpSender sender;
    readonly SrtpReceiver receiver;
    readonly ByteMutator mutator;
    readonly byte[] room = new byte[12_000];
    ushort sequence;

    public SrtpFuzz(SrtpSuite suite, ByteMutator mutator)
    {
        var key = SrtpMasterKey.Create(suite);
        (sender, receiver, this.mutator) = (new(suite, key), new(suite, key), mutator);
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

    bool Opens(byte[] message, byte[] sent, bool isControl)
    {
        var packet = message.ToArray().AsSpan();
        var opened = isControl ? receiver.TryUnprotectControl(ref packet) : receiver.TryUnprotect(ref packet);
        MediaFuzz.Demand(!opened || message.AsSpan().SequenceEqual(sent), "a damaged packet is taken", message);
        return opened;
    }

    public void Dispose()
    {
        sender.Dispose();
        receiver.Dispose();
    }
}
