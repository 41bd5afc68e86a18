using CallCenter.Edge.Calls;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Web;

/// <summary>Calls of visitors of web pages at this edge: each is opened as an INVITE would open it, for the rules are the same. Lives on the loop.</summary>
sealed class VisitorCalls(EdgeCore edge)
{
    /// <summary>How long the api waits for the call's first word; a call that takes longer goes on.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How often a visitor's place is held anew.</summary>
    static readonly TimeSpan Renewal = WebCallPlaces.Lease / 3;

    readonly Dictionary<CallRef, VisitorLeg> legs = [];

    public async Task<VisitorAnswer> Take(VisitorCall visitor)
    {
        if (edge.Draining) return VisitorAnswer.Refused(VisitorRefusal.Draining);
        var route = await edge.Grains.Number(visitor.Number).Route();
        if (route is null || route.Tenant != visitor.Call.Tenant) return VisitorAnswer.Refused(VisitorRefusal.NoNumber);
        if (!route.Open)
        {
            edge.Log.CallNotStorable();
            return VisitorAnswer.Refused(VisitorRefusal.NotStorable);
        }
        if (legs.ContainsKey(visitor.Call)) return VisitorAnswer.Refused(VisitorRefusal.Gone); // said twice: whoever said it first has the answer
        var call = edge.Calls.Open(visitor.Call, "", null);
        var leg = new VisitorLeg(edge, call);
        if (leg.Prepare(visitor.Sdp, out var answer) is { } refusal)
        {
            edge.Calls.Forget(call);
            return VisitorAnswer.Refused(refusal);
        }
        Arrive(leg, visitor, route);
        return await Verdict(leg) ? new(answer, null) : VisitorAnswer.Refused(VisitorRefusal.Busy);
    }

    void Arrive(VisitorLeg leg, VisitorCall visitor, NumberRoute route)
    {
        legs.Add(visitor.Call, leg);
        leg.Ended = () => OnEnded(visitor.Call);
        leg.Call.Add(leg);
        HoldLater(leg, visitor);
        leg.Call.Link.Tell(new Arrived(edge.Now, leg.Id, edge.Id, edge.Epoch, null, route.Number, route.Flow, route.Limited, "", null, visitor.Visit));
    }

    /// <summary>What the call makes of it; who is not refused in time is in.</summary>
    async Task<bool> Verdict(VisitorLeg leg)
    {
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = edge.Loop.Schedule(Patience, late.SetResult);
        await Task.WhenAny(leg.Verdict, late.Task);
        edge.Loop.Stop(timer);
        return !leg.Verdict.IsCompleted || await leg.Verdict;
    }

    /// <summary>Another offer for a leg that is there.</summary>
    public VisitorAnswer Move(CallRef call, string sdp) =>
        !legs.TryGetValue(call, out var leg) ? VisitorAnswer.Refused(VisitorRefusal.Gone) : leg.TryMove(sdp, out var answer) ? new(answer, null) : VisitorAnswer.Refused(VisitorRefusal.BadOffer);

    /// <summary>False: there is no such leg, or none any more.</summary>
    public bool End(CallRef call)
    {
        if (!legs.TryGetValue(call, out var leg)) return false;
        leg.Leave();
        return true;
    }

    void HoldLater(VisitorLeg leg, VisitorCall visitor) => edge.Loop.Schedule(Renewal, () =>
    {
        if (leg.IsOver) return;
        _ = Say(door => door.Hold(visitor.Call.Call, visitor.Number, visitor.Address), visitor.Call.Tenant);
        HoldLater(leg, visitor);
    });

    void OnEnded(CallRef call)
    {
        legs.Remove(call);
        _ = Say(door => door.Leave(call.Call), call.Tenant);
    }

    async Task Say(Func<IWebDoorGrain, Task> word, TenantId tenant)
    {
        try
        {
            await word(edge.Grains.WebDoor(tenant));
        }
        catch (Exception fault) // a place that is not held, or not given back, is free after its lease
        {
            edge.Log.RequestFailed(fault);
        }
    }
}
