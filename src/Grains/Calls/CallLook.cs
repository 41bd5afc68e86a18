namespace CallCenter.Grains.Calls;

/// <summary>A call's state as others may see it.</summary>
static class CallLook
{
    public static CallLive? Of(CallId id, CallState call)
    {
        if (call.Phase == CallPhase.Empty) return null;
        var calledOut = call.Flow == default;
        var direction = !calledOut ? "inbound" : call.Calling is { Agent: null, Extension: null } ? "outbound" : "internal";
        var records = new LiveRecording(!call.Tracks.IsEmpty, call.Paused, call.Tracks.IsEmpty ? call.Unrecorded : null);
        return new(
            id, direction, call.Phase, call.Customer == default ? null : call.Customer, call.Place?.Queue, call.Held, call.Trip?.Flow.Flow, records,
            call.Legs.Select(l => new LiveLeg(l.Id, l.Role, l.Phase, l.Agent, l.AnsweredAt)).ToItems(),
            call.Parties.Select(p => new LiveParty(p.Leg, p.Agent, p.Side == Domain.Calls.Conversations.Side.Aside, p.Muted, p.Mode, p.With, p.Does, p.Held, p.Away)).ToItems(),
            call.Reaches.Select(r => new LiveReach(r.For, r.Leg, r.Agent, r.Extension, r.Rings)).ToItems(), call.Place?.Since);
    }
}
