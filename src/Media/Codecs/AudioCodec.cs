namespace CallCenter.Media.Codecs;

/// <summary>
/// The audio codecs of a leg; values are the payload types we offer: static ones of RFC 3551 §6, and for Opus the usual one of the dynamic
/// range. Inside everything is G.711 (<see cref="Audio.IsLaw"/>); the others are their leg's own affair.
/// </summary>
public enum AudioCodec : byte
{
    Pcmu = 0,
    Pcma = 8,

    /// <summary>ITU-T G.722 at 64 kbit/s: 16 kHz sound under an RTP clock of 8 kHz, by an old mistake (RFC 3551 §4.5.2).</summary>
    G722 = 9,

    /// <summary>RFC 6716, under an RTP clock of 48 kHz whatever its sound (RFC 7587 §4.1).</summary>
    Opus = 111,
}

/// <summary>What all parts agree on about audio: inside it is 8 kHz, one byte a sample (ITU-T G.711).</summary>
public static class Audio
{
    public const int Rate = 8000;
    public const int SamplesPerMs = Rate / 1000;

    /// <summary>One packet: 20 ms, the default of RFC 3551 §4.2.</summary>
    public const int FrameSamples = 160;
    public const int FrameMs = 20;

    /// <summary>The longest packet of RFC 3551 §4.2: 200 ms.</summary>
    public const int LongestPacket = Rate / 5;

    const uint OpusRate = 48_000;

    /// <summary>The code for zero: 0xFF in µ-law, 0xD5 in A-law.</summary>
    public static byte Silence(AudioCodec law) => law == AudioCodec.Pcmu ? (byte)0xFF : (byte)0xD5;

    /// <summary>One of the two laws that everything inside is made of.</summary>
    public static bool IsLaw(AudioCodec codec) => codec is AudioCodec.Pcmu or AudioCodec.Pcma;

    /// <summary>What is made inside for a leg of this codec, or of what it says.</summary>
    public static AudioCodec LawFor(AudioCodec codec) => codec == AudioCodec.Pcma ? codec : AudioCodec.Pcmu;

    /// <summary>A packet of the one can become one of the other by itself: as it is, or by a table.</summary>
    public static bool CanPass(AudioCodec said, AudioCodec heard) => said == heard || IsLaw(said) && IsLaw(heard);

    /// <summary>RTP clock units in a sample of ours.</summary>
    public static uint ClockUnits(AudioCodec codec) => codec == AudioCodec.Opus ? OpusRate / Rate : 1;

    /// <summary>How much time a packet fills, in samples of ours; 0 if it is none of the codec.</summary>
    public static int SamplesIn(AudioCodec codec, ReadOnlySpan<byte> payload) => codec == AudioCodec.Opus ? OpusPacket.Samples(payload) : payload.Length;

    /// <summary>Encoding name and clock as rtpmap has them (RFC 8866 §6.6); Opus always says two channels, whatever it sends (RFC 7587 §7).</summary>
    public static string Encoding(AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu => "PCMU/8000",
        AudioCodec.Pcma => "PCMA/8000",
        AudioCodec.G722 => "G722/8000",
        _ => "opus/48000/2",
    };
}
