namespace CallCenter.Edge.Calls;

/// <summary>
/// The way from this edge to one call: events are numbered, go in order, one letter at a time, and are kept until the call
/// says that it has stored them for good. Lives on the loop.
/// </summary>
sealed class CallLink(EdgeCore edge, ICallGrain call)
{
    /// <summary>An event that was taken in but not acknowledged for so long is told again: the call's activation was lost.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);

    readonly List<Message<CallEvent>> kept = [];
    long last, told;
    bool telling;
    TimeSpan pause = FirstPause, toldAt;

    /// <summary>Hears what the call is told; null where nobody else cares.</summary>
    public Action<CallEvent>? Overheard { get; set; }

    /// <summary>Every event was acknowledged.</summary>
    public bool IsQuiet => kept.Count == 0;

    /// <summary>The call has acknowledged everything up to here.</summary>
    long Settled => kept.Count > 0 ? kept[0].Number - 1 : last;

    /// <summary>Tells an event that must not be lost.</summary>
    public void Tell(CallEvent happened)
    {
        kept.Add(new(++last, happened));
        Overheard?.Invoke(happened);
        if (!telling) _ = TellKept();
    }

    /// <summary>Tells a word once more, unless it is still on its way; what was taken in by an activation that is lost is on no way.</summary>
    public void TellAgain(CallEvent said)
    {
        foreach (var message in kept)
        {
            if (!ReferenceEquals(message.Body, said)) continue;
            TellKeptAgain();
            return;
        }
        Tell(said);
    }

    /// <summary>Tells a sign of life, which is not repeated but may wake a lost call; what was not acknowledged goes with it.</summary>
    public void TellOnce(CallEvent sign) => TellOnce([new(0, sign)]);

    /// <summary>A letter without a word: this edge still holds the call, though no leg of it lives.</summary>
    public void TellNothing() => TellOnce([]);

    void TellOnce(Items<Message<CallEvent>> signs)
    {
        TellKeptAgain();
        if (!telling) _ = Send(new(edge.Sender, signs, Settled));
    }

    /// <summary>Tells anew what was taken in long ago and never acknowledged.</summary>
    public void TellKeptAgain()
    {
        if (telling || kept.Count == 0 || edge.Loop.Now - toldAt < Patience) return;
        told = kept[0].Number - 1;
        _ = TellKept();
    }

    public void Acknowledged(Ack ack)
    {
        if (ack.Epoch == edge.Sender.Epoch) kept.RemoveAll(m => m.Number <= ack.UpTo);
    }

    async Task TellKept()
    {
        telling = true;
        while (told < last)
        {
            var letter = new Letter<CallEvent>(edge.Sender, kept.Where(m => m.Number > told).ToItems(), Settled);
            if (letter.Messages.IsEmpty) break;
            if (await Send(letter))
            {
                told = letter.Messages[^1].Number;
                pause = FirstPause;
                continue;
            }
            edge.Loop.Schedule(pause, () => _ = TellKept());
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            return; // still telling: the timer goes on
        }
        telling = false;
    }

    async Task<bool> Send(Letter<CallEvent> letter)
    {
        toldAt = edge.Loop.Now;
        try
        {
            if (edge.Faults is { } faults) await faults.Pass(() => call.TellFromEdge(letter, edge.Reference));
            else await call.TellFromEdge(letter, edge.Reference);
            return true;
        }
        catch (Exception fault) // whatever went wrong over there, the event stands here and is told again
        {
            edge.Log.CallNotReached(fault.GetType().Name);
            return false;
        }
    }
}
