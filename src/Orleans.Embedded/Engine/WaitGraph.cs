using Orleans.TestingHost;

namespace Orleans.Engine;

/// <summary>
/// Who waits for whom, for tests: a call that closes a cycle of waits fails at once, naming it.
/// A call counts as awaited by the request in whose flow it was made, while that request runs; work that is meant to outlive its request
/// is started from a timer, or with the flow of the execution context suppressed.
/// </summary>
sealed class WaitGraph
{
    /// <summary>The request in whose flow this code runs.</summary>
    internal static readonly AsyncLocal<Request?> Flow = new();

    readonly Lock gate = new();
    readonly Dictionary<Request, Request> makers = [];       // call → the request that made it
    readonly Dictionary<Request, List<Request>> awaited = []; // request → calls it made that have not ended
    readonly Dictionary<Request, Mailbox> places = [];

    /// <exception cref="WaitCycleException">The call could never be answered.</exception>
    internal void Sent(Request call, Mailbox place)
    {
        if (call.Method.OneWay) return;
        lock (gate)
        {
            places[call] = place;
            if (Flow.Value is not { Wanted: true } maker) return;
            makers[call] = maker;
            if (!awaited.TryGetValue(maker, out var calls)) awaited[maker] = calls = [];
            calls.Add(call);
            List<Request> path = [call];
            if (!Reaches(call, maker, path)) return;
            Forget(call);
            throw new WaitCycleException($"Wait cycle: {string.Join(" → ", path.Prepend(maker))}. Each waits for the next.");
        }
    }

    internal void Ended(Request call)
    {
        lock (gate) Forget(call);
    }

    void Forget(Request call)
    {
        places.Remove(call);
        awaited.Remove(call);
        if (makers.Remove(call, out var maker) && awaited.TryGetValue(maker, out var calls)) calls.Remove(call);
    }

    /// <summary>True where <paramref name="from"/> cannot end before <paramref name="goal"/> has.</summary>
    bool Reaches(Request from, Request goal, List<Request> path)
    {
        foreach (var next in WaitsFor(from))
        {
            if (ReferenceEquals(next, goal))
            {
                path.Add(next);
                return true;
            }
            if (path.Contains(next)) continue;
            path.Add(next);
            if (Reaches(next, goal, path)) return true;
            path.RemoveAt(path.Count - 1);
        }
        return false;
    }

    /// <summary>A call in a queue waits for what runs there; one that runs, for the calls it made.</summary>
    IEnumerable<Request> WaitsFor(Request call)
    {
        if (call.Begun) return awaited.GetValueOrDefault(call) ?? [];
        return places.GetValueOrDefault(call) is Activation { Blocking: Request running } place && !place.LetsBy(call) ? [running] : [];
    }
}
