using CallCenter.Media.Quality;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Transport;

/// <summary>How a leg sounds, window after window: measured on the loop, and the running window readable by any thread.</summary>
/// <param name="length">Of a window, ns.</param>
struct LegSound(long length)
{
    readonly Published<Moment> running = new();
    QualityMeter meter = new(length);

    readonly record struct Moment(Reception Reception, double? RoundTrip);

    /// <summary>Null if nothing came since the window began.</summary>
    public readonly LegWindow? Running
    {
        get
        {
            var (reception, roundTrip) = running.Read();
            return reception.Received + reception.Lost == 0 ? null : LegWindow.Of(reception, roundTrip);
        }
    }

    public void Begin(long now) => meter.Begin(now);

    /// <summary>Once more: what was heard before now is no part of what is measured from here on.</summary>
    public void Begin(long now, in ReceiveStatistics heard, in LegReports reports)
    {
        meter.Begin(now, Sums(heard, reports));
        running.Write(default);
    }

    static Reception Sums(in ReceiveStatistics heard, in LegReports reports)
    {
        var pattern = heard.Pattern;
        var (count, change) = heard.TransitChanges;
        return reports.Into(new(pattern.Received, pattern.Lost, pattern.Runs, count, change, 0, 0, 0));
    }

    /// <summary>Every 20 ms; a window that is over, if something came in it.</summary>
    public LegWindow? Tick(long now, in ReceiveStatistics heard, in LegReports reports)
    {
        var (pattern, sums) = (heard.Pattern, Sums(heard, reports));
        var closed = meter.TryClose(now, sums, out var window);
        running.Write(new(meter.Running(sums with { Received = pattern.ReceivedByNow, Lost = pattern.LostByNow, LossRuns = pattern.RunsByNow }), reports.RoundTrip));
        return closed ? LegWindow.Of(window, reports.RoundTrip) : null;
    }
}
