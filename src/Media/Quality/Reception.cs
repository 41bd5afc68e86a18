namespace CallCenter.Media.Quality;

/// <summary>Sums of a leg's life so far; what happened in a stretch of it is the difference of two.</summary>
/// <param name="LossRuns">Stretches of packets lost one after another.</param>
/// <param name="Timed">Packets whose transit time was compared with that of the one before.</param>
/// <param name="TransitChange">Σ of the differences |D| of RFC 3550 §6.4.1, samples.</param>
/// <param name="Reports">Of the peer, on what we sent.</param>
/// <param name="ReportedLoss">Σ of the parts lost that they told, 0–1 each.</param>
/// <param name="ReportedJitter">Σ of the jitter that they told, ms.</param>
readonly record struct Reception(ulong Received, ulong Lost, ulong LossRuns, ulong Timed, ulong TransitChange, uint Reports, double ReportedLoss, double ReportedJitter)
{
    public static Reception operator -(in Reception now, in Reception then) => new(
        now.Received - then.Received, now.Lost - then.Lost, now.LossRuns - then.LossRuns, now.Timed - then.Timed, now.TransitChange - then.TransitChange,
        now.Reports - then.Reports, now.ReportedLoss - then.ReportedLoss, now.ReportedJitter - then.ReportedJitter);
}
