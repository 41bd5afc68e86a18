namespace CallCenter.Domain.Kpi;

/// <summary>A caller's time in a queue and in the conversation that followed.</summary>
/// <param name="From">Put into the queue, the first time.</param>
/// <param name="AnsweredAt">The first agent joined; null: nobody has yet, or ever did.</param>
/// <param name="Until">The end of the conversation, or of the waiting where nobody answered; null: it goes on.</param>
public readonly record struct QueueSpell(QueueId Queue, DateTimeOffset From, DateTimeOffset? AnsweredAt, DateTimeOffset? Until)
{
    public bool InTime => AnsweredAt is { } at && at - From <= ServiceLevel.Within;
}
