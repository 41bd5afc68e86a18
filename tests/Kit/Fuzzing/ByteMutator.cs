namespace CallCenter.Kit.Fuzzing;

<<<<<<< HEAD
/// <summary>Spoils real messages, one to four small wounds each; the same seed gives the same messages.</summary>
public sealed class ByteMutator(int seed)
{
    const int Longest = 8000;
    static readonly byte[][] Spice =
    [
        "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\0"u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(), "\""u8.ToArray(), "<"u8.ToArray(), "%00"u8.ToArray(), "4294967296"u8.ToArray(), "-1"u8.ToArray(),
        "99999999999999999999"u8.ToArray(), "\u00ff\u00fe"u8.ToArray(), "sip:"u8.ToArray(), "a="u8.ToArray(), "Content-Length: 70000\r\n"u8.ToArray(), "Via: SIP/2.0/UDP x\r\n"u8.ToArray(), new byte[300],
    ];
    readonly Random dice = new(seed);

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
        var length = Math.Min(dice.Next(1, 40), bytes.Count - at);
        switch (dice.Next(7))
        {
            case 0:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Spice[dice.Next(Spice.Length)]);
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(dice.Next(spare, bytes.Count), bytes.GetRange(dice.Next(bytes.Count - length + 1), length));
                break;
=======
/// <summary>Small damage to bytes: flips, cuts, repeats, splices, extreme numbers. The same seed makes the same damage.</summary>
public sealed class ByteMutator(int seed)
{
    static readonly byte[] extremes = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)'\r', (byte)'\n', (byte)' ', (byte)'=', (byte)':', (byte)'/', (byte)'0', (byte)'9'];

    readonly Random random = new(seed);

    /// <summary>A damaged copy of one of the samples, 1 to 4 times over.</summary>
    public byte[] Next(IReadOnlyList<byte[]> samples)
    {
        var result = (byte[])samples[random.Next(samples.Count)].Clone();
        for (var times = random.Next(1, 5); times > 0; times--) result = Damage(result, samples);
        return result;
    }

    byte[] Damage(byte[] bytes, IReadOnlyList<byte[]> samples)
    {
        if (bytes.Length == 0) return [extremes[random.Next(extremes.Length)]];
        var at = random.Next(bytes.Length);
        var length = random.Next(Math.Min(32, bytes.Length - at) + 1);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = extremes[random.Next(extremes.Length)];
                return bytes;
            case 2:
                return bytes[..at]; // cut short
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]]; // a piece lost
            case 4:
                return [.. bytes[..at], .. Enumerable.Repeat(bytes[at..(at + length)], random.Next(1, 9)).SelectMany(p => p), .. bytes[at..]]; // a piece repeated
            case 5:
                var other = samples[random.Next(samples.Count)];
                return [.. bytes[..at], .. other[random.Next(other.Length)..]]; // two messages spliced
            default:
                var noise = new byte[length];
                random.NextBytes(noise);
                noise.CopyTo(bytes, at);
                return bytes;
>>>>>>> media
        }
    }
}
