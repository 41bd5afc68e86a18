namespace CallCenter.Media.Dtmf;

/// <summary>How a key reached us; what is more certain has the higher number.</summary>
public enum KeySource : byte
{
    /// <summary>As a pair of tones in the audio.</summary>
    Tone,

    /// <summary>By signalling, in a SIP INFO.</summary>
    Info,

    /// <summary>As telephone-events (RFC 4733).</summary>
    Event,
}
