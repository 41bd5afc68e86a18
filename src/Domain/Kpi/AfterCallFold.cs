namespace CallCenter.Domain.Kpi;

/// <summary>
/// Folds an agent's facts into the after-call work (tAcw) of each call: <see cref="Done"/> is set by the fact that ends one
/// and cleared by the next fact.
/// </summary>
/// <param name="Contact">The call whose after-call work goes on.</param>
/// <param name="Since">When it began.</param>
[GenerateSerializer, Immutable, Alias("AfterCallFold")]
public sealed record AfterCallFold([property: Id(0)] Contact? Contact, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] AfterCallWork? Done)
{
    public static readonly AfterCallFold Empty = new(null, default, null);

    public AfterCallFold With(Fact fact) => fact switch
    {
        AgentReleased { AfterCallUntil: not null } r => new(r.Contact, r.At, null),
        AfterCallEnded e when Contact is { } call => new(null, default, new(call, CallTimes.Milliseconds(e.At - Since))),
        _ when Done is not null => this with { Done = null },
        _ => this,
    };
}

/// <summary>One agent's after-call work for one call, in ms.</summary>
[GenerateSerializer, Immutable, Alias("AfterCallWork")]
public readonly record struct AfterCallWork([property: Id(0)] Contact Contact, [property: Id(1)] long Milliseconds);
