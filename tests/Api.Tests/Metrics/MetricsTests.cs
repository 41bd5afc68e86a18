using System.Diagnostics.Metrics;
using CallCenter.Api.Metrics;

namespace CallCenter.Api.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public void Instruments_become_prometheus_families()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("CallCenter.Test");
        var calls = meter.CreateCounter<long>("test.calls", description: "Calls \\ of a test");
        calls.Add(2, new KeyValuePair<string, object?>("why", "a \"b\"\n"));
        calls.Add(3, new KeyValuePair<string, object?>("why", "a \"b\"\n"));
        calls.Add(1);
        var live = meter.CreateUpDownCounter<int>("test.live");
        live.Add(5);
        live.Add(-2);
        meter.CreateObservableGauge("test.heat", () => 36.6);
        var stall = meter.CreateHistogram<double>("test.stall", "s", advice: new() { HistogramBucketBoundaries = [0.01, 0.1] });
        foreach (var seconds in new[] { 0.005, 0.01, 0.05, 7 }) stall.Record(seconds);
        var text = collector.Write();
        foreach (var line in new[]
        {
            "# HELP test_calls_total Calls \\\\ of a test", "# TYPE test_calls_total counter", "test_calls_total{why=\"a \\\"b\\\"\\n\"} 5", "test_calls_total 1",
            "# TYPE test_live gauge", "test_live 3", "test_heat 36.6",
            "# TYPE test_stall_seconds histogram", "test_stall_seconds_bucket{le=\"0.01\"} 2", "test_stall_seconds_bucket{le=\"0.1\"} 3", "test_stall_seconds_bucket{le=\"+Inf\"} 4", "test_stall_seconds_count 4",
        }) Assert.Contains(line, text.Split('\n'));
    }

    [Fact]
    public void Labels_without_end_do_not_eat_the_memory()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("CallCenter.Test.Endless");
        var counter = meter.CreateCounter<long>("endless");
        for (var i = 0; i < 3000; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));
        var lines = collector.Write().Split('\n').Where(line => line.StartsWith("endless_total", StringComparison.Ordinal)).ToList();
        Assert.Equal(1001, lines.Count);
        Assert.Contains("endless_total 2000", lines);
    }

    [Fact]
    public void Meters_of_strangers_are_left_out()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("Somebody.Else");
        meter.CreateCounter<long>("strange").Add(1);
        Assert.DoesNotContain("strange", collector.Write(), StringComparison.Ordinal);
    }
}
