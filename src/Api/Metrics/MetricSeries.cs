using System.Globalization;
using System.Text;

namespace CallCenter.Api.Metrics;

internal enum MetricKind { Counter, ObservedCounter, UpDown, Gauge, Histogram }

/// <summary>One metric under one set of labels.</summary>
internal sealed class MetricSeries(MetricKind kind, KeyValuePair<string, object?>[] tags, double[] buckets)
{
    private readonly long[] counts = new long[buckets.Length + 1];
    private double value;

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> wanted)
    {
        if (wanted.Length != tags.Length) return false;
        for (var i = 0; i < tags.Length; i++)
            if (tags[i].Key != wanted[i].Key || !Equals(tags[i].Value, wanted[i].Value)) return false;
        return true;
    }

    public void Measured(double measured)
    {
        if (kind is MetricKind.Gauge or MetricKind.ObservedCounter)
        {
            Volatile.Write(ref value, measured);
            return;
        }
        Add(measured);
        if (kind != MetricKind.Histogram) return;
        var bucket = 0;
        while (bucket < buckets.Length && measured > buckets[bucket]) bucket++;
        Interlocked.Increment(ref counts[bucket]);
    }

    public void Write(StringBuilder text, string name)
    {
        if (kind != MetricKind.Histogram)
        {
            Line(text, name, null, MetricFamily.Number(Volatile.Read(ref value)));
            return;
        }
        long below = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            below += Volatile.Read(ref counts[i]);
            Line(text, name + "_bucket", MetricFamily.Number(i < buckets.Length ? buckets[i] : double.PositiveInfinity), below.ToString(CultureInfo.InvariantCulture));
        }
        Line(text, name + "_sum", null, MetricFamily.Number(Volatile.Read(ref value)));
        Line(text, name + "_count", null, below.ToString(CultureInfo.InvariantCulture));
    }

    private void Add(double measured)
    {
        double before, after;
        do
        {
            before = Volatile.Read(ref value);
            after = before + measured;
        }
        while (BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref value, after, before)) != BitConverter.DoubleToInt64Bits(before));
    }

    private void Line(StringBuilder text, string name, string? bound, string number)
    {
        text.Append(name);
        var mark = '{';
        foreach (var (key, label) in tags) Label(text, ref mark, key, Convert.ToString(label, CultureInfo.InvariantCulture) ?? "");
        if (bound is not null) Label(text, ref mark, "le", bound);
        if (mark == ',') text.Append('}');
        text.Append(' ').Append(number).Append('\n');
    }

    private static void Label(StringBuilder text, ref char mark, string key, string label)
    {
        text.Append(mark);
        foreach (var c in key) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        text.Append("=\"").Append(label.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('"');
        mark = ',';
    }
}
