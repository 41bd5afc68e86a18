using System.Diagnostics.Metrics;
using System.Text;

namespace CallCenter.Api.Metrics;

/// <summary>
/// Keeps the newest values of our own meters and the runtime's, and writes them in Prometheus' text format 0.0.4.
/// A name is the instrument's with "_" for ".", its unit at the end, and "_total" on counters.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private static readonly string[] Meters = ["CallCenter", "System.Runtime", "Microsoft.AspNetCore.Hosting"];
    private readonly MeterListener listener = new();
    private readonly Lock adding = new();
    private volatile MetricFamily[] families = [];

    public MetricsCollector()
    {
        listener.InstrumentPublished = Watch;
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((MetricFamily)family!).Measured(value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((MetricFamily)family!).Measured(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Measured(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Measured(value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Measured(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Measured(value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((MetricFamily)family!).Measured((double)value, tags));
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families.OrderBy(family => family.Name, StringComparer.Ordinal)) family.Write(text);
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Watch(Instrument instrument, MeterListener to)
    {
        if (!Meters.Any(meter => instrument.Meter.Name == meter || instrument.Meter.Name.StartsWith(meter + ".", StringComparison.Ordinal))) return;
        lock (adding)
        {
            // several meters of one name (one per edge, say) share a family, as Prometheus allows each name once
            var wanted = new MetricFamily(instrument);
            var family = families.FirstOrDefault(known => known.Name == wanted.Name);
            if (family is null) families = [.. families, family = wanted];
            to.EnableMeasurementEvents(instrument, family);
        }
    }
}
