namespace CallCenter.Kit.Fuzzing;

/// <summary>Spoils real messages, one to four small wounds each: flips, cuts, repeats, splices, extreme values. The same seed gives the same messages.</summary>
public sealed class ByteMutator(int seed)
{
    const int Longest = 8000, LongestPiece = 40;

    static readonly byte[][] Spice =
    [
        "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\0"u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(), "\""u8.ToArray(), "<"u8.ToArray(), "%00"u8.ToArray(), "4294967296"u8.ToArray(), "-1"u8.ToArray(),
        "99999999999999999999"u8.ToArray(), "\u00ff\u00fe"u8.ToArray(), "sip:"u8.ToArray(), "a="u8.ToArray(), "Content-Length: 70000\r\n"u8.ToArray(), "Via: SIP/2.0/UDP x\r\n"u8.ToArray(), new byte[300],
    ];

    static readonly byte[] Extremes = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)' ', (byte)'=', (byte)':', (byte)'/', (byte)'0', (byte)'9'];

    readonly Random dice = new(seed);

    /// <summary>A spoilt copy of one of the samples; now and then a second one is spliced in.</summary>
    public byte[] Next(IReadOnlyList<byte[]> samples)
    {
        var sample = samples[dice.Next(samples.Count)];
        if (dice.Next(7) > 0 || sample.Length == 0) return Spoil(sample);
        var other = samples[dice.Next(samples.Count)];
        return Spoil([.. sample[..dice.Next(sample.Length)], .. other[dice.Next(other.Length)..]]);
    }

    /// <param name="spare">Bytes at the beginning that stay whole, so that the message is not refused at once.</param>
    public byte[] Spoil(byte[] message, int spare = 0)
    {
        var spoilt = new List<byte>(message);
        for (var wounds = dice.Next(1, 5); wounds > 0 && spoilt.Count > spare; wounds--) Wound(spoilt, spare);
        return [.. spoilt.Take(Longest)];
    }

    void Wound(List<byte> bytes, int spare)
    {
        var at = dice.Next(spare, bytes.Count);
        var length = Math.Min(dice.Next(1, LongestPiece), bytes.Count - at);
        switch (dice.Next(8))
        {
            case 0:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 2:
                bytes[at] = Extremes[dice.Next(Extremes.Length)];
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, Spice[dice.Next(Spice.Length)]);
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(dice.Next(spare, bytes.Count), bytes.GetRange(dice.Next(bytes.Count - length + 1), length));
                break;
        }
    }
}
