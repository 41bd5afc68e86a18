namespace CallCenter.Domain.Kpi;

/// <summary>A call's times in ms (names as Genesys has them). While a call goes on, open spans count up to its newest fact.</summary>
/// <param name="TIvr">Connected → first enqueued, or ended.</param>
/// <param name="TAcd">Σ enqueued → answered, or left; not before the caller was connected.</param>
/// <param name="TTalk">Σ over the agents: talking to the customer, on mute too.</param>
/// <param name="THeld">Σ over the agents: while their customer was held or away in a flow.</param>
/// <param name="TConsult">Σ over the agents: aside, asking or asked.</param>
[GenerateSerializer, Immutable, Alias("CallTimes")]
public readonly record struct CallTimes([property: Id(0)] long TIvr, [property: Id(1)] long TAcd, [property: Id(2)] long TTalk, [property: Id(3)] long THeld, [property: Id(4)] long TConsult = 0)
{
    public static CallTimes Of(CallSummary call)
    {
        var end = call.EndedAt ?? call.Latest;
        var connected = call.ConnectedAt ?? end; // a call that was never connected has no time that counts
        TimeSpan acd = default;
        foreach (var wait in call.Waits) acd += Between(wait.From > connected ? wait.From : connected, wait.To ?? end);
        var ivr = call.Direction == CallSummary.Inbound ? Between(connected, call.EnqueuedAt ?? end) : TimeSpan.Zero;
        return new(Milliseconds(ivr), Milliseconds(acd), Of(call, Activity.Talk, end), Of(call, Activity.Hold, end), Of(call, Activity.Consult, end));
    }

    private static long Of(CallSummary call, Activity activity, DateTimeOffset end)
    {
        TimeSpan sum = default;
        foreach (var spell in call.Talks) if (spell.Activity == activity) sum += Between(spell.From, spell.To ?? end);
        return Milliseconds(sum);
    }

    private static TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;

    /// <summary>Rounded, half up.</summary>
    internal static long Milliseconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMillisecond / 2) / TimeSpan.TicksPerMillisecond;
}
