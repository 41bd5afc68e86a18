namespace CallCenter.Edge.Calls;

/// <summary>The calls of this edge by name, and what becomes of them when their last leg is over. Lives on the loop.</summary>
sealed class EdgeCalls(EdgeCore edge)
{
    /// <summary>How long a call is remembered after its last leg, so that late commands find what was done.</summary>
    static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    /// <summary>The watchdog's pace.</summary>
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    readonly Dictionary<CallRef, EdgeCall> calls = [];
    readonly HashSet<EdgeCall> watched = [];

    /// <summary>The phones of this edge's legs.</summary>
    public PhonesInCalls Phones { get; } = new();

    /// <summary>Calls with a live leg.</summary>
    public int Live { get; set; }

    public EdgeCall Open(CallRef name, string callerNumber, string? callerName)
    {
        var call = new EdgeCall(edge, name, callerNumber, callerName);
        calls.Add(name, call);
        return call;
    }

    public void Do(EdgeOrders orders)
    {
        if (orders.EdgeEpoch == edge.Epoch && calls.TryGetValue(orders.Call, out var call))
        {
            call.Do(orders);
            Watch(call);
            return;
        }
        // A call that begins with a leg of ours; or one of an earlier start of this edge, or long forgotten: its legs are gone, and it hears so.
        if (calls.ContainsKey(orders.Call)) return;
        call = new(edge, orders.Call, orders.ValueOf(PersonalFields.CallerNumber) ?? "", orders.ValueOf(PersonalFields.CallerName), lost: orders.EdgeEpoch != edge.Epoch);
        calls.Add(orders.Call, call);
        call.Do(orders);
        Watch(call);
        if (!call.HasLiveLegs) ForgetLater(call);
    }

    public void Acknowledged(CallRef name, Ack ack)
    {
        if (calls.TryGetValue(name, out var call)) call.Link.Acknowledged(ack);
    }

    /// <summary>A call that came to nothing before it was told of.</summary>
    public void Forget(EdgeCall call) => calls.Remove(call.Name);

    public void OnAllLegsOver(EdgeCall call) => ForgetLater(call);

    /// <summary>No leg lives, what was recorded is kept, and all that happened was stored.</summary>
    public bool IsQuiet => calls.Values.All(static call => call.IsQuiet);

    public void HangUpAll()
    {
        foreach (var call in calls.Values) call.HangUpAll();
    }

    /// <summary>Until the last leg is over, what was recorded is kept and the call has stored the last word.</summary>
    public void Watch(EdgeCall call)
    {
        if (watched.Add(call)) Look(call);
    }

    void Look(EdgeCall call) => edge.Loop.Schedule(Beat, () =>
    {
        if (Knows(call)) call.AssertLife();
        if (Knows(call) && !call.IsQuiet) Look(call);
        else watched.Remove(call);
    });

    void ForgetLater(EdgeCall call) => edge.Loop.Schedule(Memory, () =>
    {
        if (!Knows(call)) return;
        if (!call.IsQuiet) ForgetLater(call); // what was not stored is not forgotten: the store may take minutes for the last segments
        else
        {
            calls.Remove(call.Name);
            call.ForgetTracks();
        }
    });

    bool Knows(EdgeCall call) => ReferenceEquals(calls.GetValueOrDefault(call.Name), call);
}
