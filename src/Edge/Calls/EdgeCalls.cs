namespace CallCenter.Edge.Calls;

/// <summary>The calls of this edge by name, and what becomes of them when their last leg is over. Lives on the loop.</summary>
sealed class EdgeCalls(EdgeCore edge)
{
    /// <summary>How long a call is remembered after its last leg, so that late commands find what was done.</summary>
    static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    /// <summary>The watchdog's pace.</summary>
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    readonly Dictionary<CallRef, EdgeCall> calls = [];

    /// <summary>Calls with a live leg.</summary>
    public int Live { get; set; }

    public EdgeCall Open(CallRef name, string callerNumber, string? callerName)
    {
        var call = new EdgeCall(edge, name, callerNumber, callerName);
        calls.Add(name, call);
        KeepWatch(call);
        return call;
    }

    public void Do(EdgeOrders orders)
    {
        if (orders.EdgeEpoch == edge.Epoch && calls.TryGetValue(orders.Call, out var call))
        {
            call.Do(orders);
            return;
        }
        // A call of an earlier start of this edge, or one long forgotten: its legs are gone, and it hears so.
        if (calls.ContainsKey(orders.Call)) return;
        call = new(edge, orders.Call, "", null);
        calls.Add(orders.Call, call);
        KeepWatch(call);
        call.Do(orders);
        ForgetLater(call);
    }

    public void Acknowledged(CallRef name, Ack ack)
    {
        if (calls.TryGetValue(name, out var call)) call.Link.Acknowledged(ack);
    }

    /// <summary>A call that came to nothing before it was told of.</summary>
    public void Forget(EdgeCall call) => calls.Remove(call.Name);

    public void OnAllLegsOver(EdgeCall call) => ForgetLater(call);

    /// <summary>No leg lives, and all that happened was stored.</summary>
    public bool IsQuiet => calls.Values.All(static call => !call.HasLiveLegs && call.Link.IsQuiet);

    public void HangUpAll()
    {
        foreach (var call in calls.Values) call.HangUpAll();
    }

    /// <summary>Until the last leg is over and the call has stored the last word.</summary>
    void KeepWatch(EdgeCall call) => edge.Loop.Schedule(Beat, () =>
    {
        if (!Knows(call)) return;
        call.AssertLegs();
        if (call.HasLiveLegs || !call.Link.IsQuiet) KeepWatch(call);
    });

    void ForgetLater(EdgeCall call) => edge.Loop.Schedule(Memory, () =>
    {
        if (!Knows(call)) return;
        if (call.HasLiveLegs || !call.Link.IsQuiet) ForgetLater(call); // what was not stored is not forgotten
        else
        {
            calls.Remove(call.Name);
            call.ForgetTracks();
        }
    });

    bool Knows(EdgeCall call) => ReferenceEquals(calls.GetValueOrDefault(call.Name), call);
}
