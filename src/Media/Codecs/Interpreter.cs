using CallCenter.Media.Rtp;

namespace CallCenter.Media.Codecs;

/// <summary>
/// What a leg says in a codec of its own, told on as packets of µ-law (RTP headers with it), in order. What was lost and is repeated
/// by the packet after it (Opus) is told too; the rest of what is lost is left to those who hear (<see cref="Mixing.SpeechRing"/>).
/// </summary>
sealed class Interpreter(AudioCodec codec, IVoiceDecoder decoder) : IDisposable
{
    readonly PacketOrder order = new();
    readonly byte[] owed = new byte[Audio.LongestPacket];
    RtpHeader owedHeader;
    bool owes;

    public AudioCodec Codec => codec;

    public bool IsWaiting => order.IsWaiting;

    /// <summary>Takes in a packet with its timestamp in samples of ours.</summary>
    /// <param name="payload">As in <see cref="PacketOrder.Put"/>.</param>
    public void Put(in RtpHeader header, ReadOnlySpan<byte> payload, long now) => order.Put(header, payload, now);

    /// <summary>The next that can be told; to be asked until there is none.</summary>
    /// <param name="codes">Room for <see cref="Audio.LongestPacket"/>; filled with as many as the header's payload is long.</param>
    /// <param name="said">The packet itself, good until the next <see cref="Put"/>; empty where another one told of it.</param>
    public bool TryTell(long now, Span<byte> codes, out RtpHeader header, out ReadOnlySpan<byte> said)
    {
        said = default;
        Span<short> samples = stackalloc short[Audio.LongestPacket];
        if (owes)
        {
            owes = false;
            said = owed.AsSpan(0, owedHeader.PayloadLength);
            var count = decoder.Decode(said, samples);
            if (Told(owedHeader, samples[..count], codes, out header)) return true;
        }
        while (order.TryTake(now, out var packet, out var payload, out var missing))
        {
            if (payload.IsEmpty) continue;
            var before = missing > 0 ? decoder.Recover(missing, payload, samples) : 0;
            if (before > 0)
            {
                payload.CopyTo(owed);
                (owes, owedHeader) = (true, packet);
                var earlier = packet with { Sequence = (ushort)(packet.Sequence - 1), Timestamp = packet.Timestamp - (uint)before, Marker = false, IsRecovered = true };
                return Told(earlier, samples[..before], codes, out header);
            }
            said = payload;
            var count = decoder.Decode(said, samples);
            if (Told(packet, samples[..count], codes, out header)) return true;
        }
        header = default;
        said = default;
        return false;
    }

    public void Dispose() => decoder.Dispose();

    static bool Told(in RtpHeader packet, ReadOnlySpan<short> samples, Span<byte> codes, out RtpHeader header)
    {
        G711.Encode(AudioCodec.Pcmu, samples, codes);
        header = packet with { PayloadLength = samples.Length };
        return !samples.IsEmpty;
    }
}
