namespace CallCenter.Media.Codecs;

/// <summary>Timestamps of a codec's own clock as samples of ours: followed past the end of 32 bits, since a quotient does not wrap by itself.</summary>
struct RtpUnits
{
    /// <summary>Keeps the dividend above zero, where a quotient is rounded the other way; nothing of it is left in 32 bits.</summary>
    const long Above = 6L << 40;

    uint last;
    long units;

    public uint ToSamples(uint timestamp, AudioCodec codec)
    {
        units += (int)(timestamp - last);
        last = timestamp;
        return (uint)((units + Above) / Audio.ClockUnits(codec));
    }
}
