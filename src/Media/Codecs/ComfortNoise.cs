namespace CallCenter.Media.Codecs;

/// <summary>
/// The background that a sender with voice activity detection tells in place of its silences (RFC 3389): white noise of the level told. The
/// spectrum that may follow the level is not followed.
/// </summary>
struct ComfortNoise
{
    /// <summary>The static payload type at 8 kHz (RFC 3551 §6).</summary>
    public const byte PayloadType = 13;

    const byte LevelMask = 0x7F;

    uint state;
    int amplitude;

    /// <summary>Takes a payload in; an empty one (RFC 3389 §3 demands a byte) tells nothing.</summary>
    public bool TryTake(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return false;
        amplitude = AmplitudeOf(payload[0] & LevelMask);
        return true;
    }

    public void Fill(Span<byte> frame, AudioCodec codec)
    {
        for (var i = 0; i < frame.Length; i++) frame[i] = G711.Encode(codec, Next());
    }

    /// <summary>Uniform within ±amplitude, whose root mean square is amplitude / √3.</summary>
    /// <param name="level">−dBov (§3.1): 0 is a square wave of full scale, 127 is as good as nothing.</param>
    static int AmplitudeOf(int level) => (int)Math.Min(short.MaxValue, short.MaxValue * Math.Sqrt(3) * Math.Pow(10, -level / 20.0));

    /// <summary>xorshift (Marsaglia, 2003): nobody must guess it, it must only sound like noise.</summary>
    short Next()
    {
        if (state == 0) state = 2_463_534_242;
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return (short)((int)(state >> 16) * (2 * amplitude + 1) / 65536 - amplitude);
    }
}
