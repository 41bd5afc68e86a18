using System.Numerics;

namespace CallCenter.Bench;

/// <summary>Counts of whole µs in buckets of 1/16 octave: percentiles within 6 %.</summary>
sealed class Histogram
{
    const int Fine = 16;
    readonly long[] buckets = new long[Fine * 40];

    public void Add(long microseconds) => buckets[Bucket(Math.Max(0, microseconds))]++;

    public void Clear() => Array.Clear(buckets);

    public double Percentile(double share)
    {
        var goal = share * buckets.Sum();
        long seen = 0;
        for (var i = 0; i < buckets.Length; i++)
            if ((seen += buckets[i]) >= goal && seen > 0) return Value(i);
        return 0;
    }

    static int Bucket(long value)
    {
        if (value < Fine) return (int)value;
        var octave = BitOperations.Log2((ulong)value);
        return Math.Min((octave - 3) * Fine + (int)(value >> octave - 4 & Fine - 1), Fine * 40 - 1);
    }

    static double Value(int bucket) => bucket < Fine ? bucket : (Fine + bucket % Fine) * Math.Pow(2, bucket / Fine - 1);
}
