using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CallCenter.Api.Metrics;

/// <summary>All series of one metric. Measuring takes no lock once a series is there.</summary>
internal sealed class MetricFamily
{
    /// <summary>More series than this are added up in one without labels: a label with endless values must not eat the memory.</summary>
    private const int MostSeries = 1000;
    private static readonly double[] DefaultBuckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60];

    private readonly MetricKind kind;
    private readonly string help;
    private readonly double[] buckets;
    private readonly Lock adding = new();
    private volatile MetricSeries[] series = [];

    public MetricFamily(Instrument instrument)
    {
        kind = KindOf(instrument);
        help = instrument.Description ?? "";
        Name = NameOf(instrument, kind);
        buckets = kind == MetricKind.Histogram ? BucketsOf(instrument) : [];
    }

    public string Name { get; }

    public void Measured(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var known in series)
            if (known.Has(tags))
            {
                known.Measured(value);
                return;
            }
        Add(tags).Measured(value);
    }

    public void Write(StringBuilder text)
    {
        if (series.Length == 0) return;
        if (help.Length > 0) text.Append("# HELP ").Append(Name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(TypeOf(kind)).Append('\n');
        foreach (var one in series) one.Write(text, Name);
    }

    private MetricSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (adding)
        {
            if (series.Length >= MostSeries) tags = [];
            foreach (var known in series)
                if (known.Has(tags)) return known;
            var added = new MetricSeries(kind, tags.ToArray(), buckets);
            series = [.. series, added];
            return added;
        }
    }

    private static MetricKind KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Histogram" => MetricKind.Histogram,
        "Counter" => MetricKind.Counter,
        "ObservableCounter" => MetricKind.ObservedCounter,
        "UpDownCounter" => MetricKind.UpDown,
        _ => MetricKind.Gauge,
    };

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Histogram => "histogram",
        MetricKind.Counter or MetricKind.ObservedCounter => "counter",
        _ => "gauge",
    };

    private static double[] BucketsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBuckets,
    };

    private static string NameOf(Instrument instrument, MetricKind kind)
    {
        var name = new StringBuilder(instrument.Name.Length + 16);
        foreach (var c in instrument.Name) name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_');
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "us" => "_microseconds", "By" => "_bytes", _ => "" };
        if (!name.ToString().EndsWith(unit, StringComparison.Ordinal)) name.Append(unit);
        return kind is MetricKind.Counter or MetricKind.ObservedCounter ? name.Append("_total").ToString() : name.ToString();
    }

    internal static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
