namespace CallCenter.Kit.Fuzzing;

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
        }
    }
}
