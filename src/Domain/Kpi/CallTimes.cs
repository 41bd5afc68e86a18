namespace CallCenter.Domain.Kpi;

/// <summary>A call's times in ms (names as Genesys has them). While a call goes on, open spans count up to its newest fact.</summary>
/// <param name="TIvr">Connected → first enqueued, or ended.</param>
/// <param name="TAcd">Σ enqueued → answered, or left; not before the caller was connected.</param>
/// <param name="TTalk">Σ over the agents: joined → left, or ended.</param>
/// <param name="THeld">0 until there is hold.</param>
[GenerateSerializer, Immutable, Alias("CallTimes")]
public readonly record struct CallTimes([property: Id(0)] long TIvr, [property: Id(1)] long TAcd, [property: Id(2)] long TTalk, [property: Id(3)] long THeld)
{
    public static CallTimes Of(CallSummary call)
    {
        var end = call.EndedAt ?? call.Latest;
        var connected = call.ConnectedAt ?? end; // a call that was never connected has no time that counts
        TimeSpan acd = default, talk = default;
        foreach (var wait in call.Waits) acd += Between(wait.From > connected ? wait.From : connected, wait.To ?? end);
        foreach (var spell in call.Talks) talk += Between(spell.From, spell.To ?? end);
        return new(Milliseconds(Between(connected, call.EnqueuedAt ?? end)), Milliseconds(acd), Milliseconds(talk), 0);
    }

    private static TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;

    /// <summary>Rounded, half up.</summary>
    internal static long Milliseconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMillisecond / 2) / TimeSpan.TicksPerMillisecond;
}
