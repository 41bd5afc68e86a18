namespace CallCenter.Media.Codecs;

/// <summary>The audio codecs of telephony, 8 kHz, one byte a sample (ITU-T G.711); values are the static payload types of RFC 3551 §6.</summary>
public enum AudioCodec : byte
{
    Pcmu = 0,
    Pcma = 8,
}

/// <summary>What all parts agree on about 8 kHz audio.</summary>
public static class Audio
{
    public const int Rate = 8000;
    public const int SamplesPerMs = Rate / 1000;

    /// <summary>One packet: 20 ms, the default of RFC 3551 §4.2.</summary>
    public const int FrameSamples = 160;
    public const int FrameMs = 20;

    /// <summary>The code for zero: 0xFF in µ-law, 0xD5 in A-law.</summary>
    public static byte Silence(AudioCodec codec) => codec == AudioCodec.Pcmu ? (byte)0xFF : (byte)0xD5;

    public static string Name(AudioCodec codec) => codec == AudioCodec.Pcmu ? "PCMU" : "PCMA";
}
