using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Transport;

/// <summary>
/// What a party's silence sounds like once it has told so (RFC 3389): frames of noise from its packet on, on the party's own timeline, until it
/// speaks again. They go where its voice goes when it is recorded or mixed; who is relayed to straight hears silence made here.
/// </summary>
struct ComfortVoice
{
    ComfortNoise noise;
    uint ssrc, began, timestamp;
    long next;

    /// <summary>It is the noise that is heard.</summary>
    public bool IsOn { get; private set; }

    /// <summary>One that comes while the noise sounds changes its level alone.</summary>
    public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        if (!noise.TryTake(payload) || IsOn && header.Ssrc == ssrc) return;
        (IsOn, ssrc, began, timestamp, next) = (true, header.Ssrc, header.Timestamp, header.Timestamp, now);
    }

    /// <summary>Sound came; what was said before the noise began and comes late does not end it.</summary>
    public void Heard(in RtpHeader header)
    {
        if (IsOn && (header.Ssrc != ssrc || (int)(header.Timestamp - began) >= 0)) IsOn = false;
    }

    public void Stop() => IsOn = false;

    /// <summary>The next frame, if it is due.</summary>
    public bool TryFrame(long now, Span<byte> frame, AudioCodec codec, out RtpHeader header)
    {
        header = default;
        if (!IsOn || now < next) return false;
        noise.Fill(frame, codec);
        header = new(false, (byte)codec, 0, timestamp, ssrc, RtpHeader.Size, frame.Length);
        timestamp += (uint)frame.Length;
        next += Audio.FrameMs * MediaClock.PerMillisecond;
        return true;
    }
}
