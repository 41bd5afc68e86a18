using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Restart;

/// <summary>
/// What the start before this one left behind when it died: talks that are none any more, phones that ring for nobody. They are ended a few at a
/// time, and their calls are woken, which then find that their edge was started anew. Lives on the loop.
/// </summary>
sealed class Orphans(EdgeCore edge, IDialogBook book)
{
    /// <summary>1,000 sessions a second: 5,000 within the 5 s that a far end is left alone, and no burst that the network drops.</summary>
    const int AtOnce = 50;

    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    readonly HashSet<CallRef> woken = [];
    int next;

    /// <summary>Once the edge has said to the grains that it is there anew: a call that wakes asks for that.</summary>
    public void End()
    {
        if (book.Left.IsEmpty) return;
        edge.Log.EndingOrphans(book.Left.Count);
        EndSome();
    }

    void EndSome()
    {
        for (var last = int.Min(next + AtOnce, book.Left.Count); next < last; next++) End(book.Left[next]);
        if (next < book.Left.Count) edge.Loop.Schedule(Pace, EndSome);
    }

    void End(KeptDialog kept)
    {
        if (!KeptSession.TryRead(kept.Content, out var session) || Transport(session.Transport) is not { } transport
            || !Orphan.TryEnd(edge.Agent, session.Request.ToArray(), new(transport, session.Remote), SessionKeeper.Reason, () => book.Forget(kept.Ticket)))
        {
            edge.Log.OrphanUnreadable();
            book.Forget(kept.Ticket);
            return;
        }
        if (woken.Add(new(kept.Owner, session.Call))) _ = Wake(new(kept.Owner, session.Call));
    }

    SipTransport? Transport(string name) => name == edge.Udp.ViaName ? edge.Udp : name == edge.Tcp.ViaName ? edge.Tcp : null;

    async Task Wake(CallRef call)
    {
        try
        {
            await edge.Grains.Call(call.Tenant, call.Call).Wake();
        }
        catch (Exception fault) // the start of the grains wakes it as well, or its own alarm
        {
            edge.Log.CallNotReached(fault.GetType().Name);
        }
    }
}
