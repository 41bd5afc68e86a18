using CallCenter.Contracts.Tenants;

namespace CallCenter.Edge.Calls;

/// <summary>
/// An emergency call while nothing can be stored. Every other call is decided by its grain, which promises nothing before it is written
/// down; this one must not wait for a disk. So the edge does what the grain would order: rings the number, answers the phone, joins both, ends
/// the one with the other. It tells the call as ever, and what it tells is kept here until it is stored, however late; the orders that then come were
/// carried out before. A crash of the edge meanwhile loses the record, not the law. Lives on the loop.
/// </summary>
sealed class EmergencyLine(EdgeCore edge, ArrivingLeg phone)
{
    /// <summary>Whoever cannot be asked within this time knows no more than we do.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly EdgeCall call = phone.Call;

    /// <summary>By which trunk, as which number; null where no trunk takes outbound calls.</summary>
    public static async Task<EmergencyWay?> Way(EdgeCore edge, TenantId tenant, string dialled)
    {
        try
        {
            return await edge.Grains.Tenant(tenant).EmergencyWay(dialled).WaitAsync(Patience);
        }
        catch (Exception fault) // the settings are where nothing can be read either
        {
            edge.Log.RequestFailed(fault);
            return await edge.Directory.EmergencyWay(dialled);
        }
    }

    public void Begin(string dialled, EmergencyWay way)
    {
        edge.Log.EmergencyUnstored();
        var until = edge.Now + CallLimits.NumberRings;
        call.Link.Tell(new EmergencyDialled(edge.Now, phone.Id, edge.Id, edge.Epoch, phone.Station!, dialled, way.Trunk, way.Shown, until));
        call.Link.Overheard = told => edge.Loop.Schedule(TimeSpan.Zero, () => Follow(told)); // not within what the leg does just now
        var field = PersonalFields.Dial(LegId.Called);
        Do([new(field, way.Number)], new RingBack(phone.Id), new RingNumber(LegId.Called, field, way.Trunk, way.Shown, until));
    }

    void Follow(CallEvent told)
    {
        switch (told)
        {
            case PickedUp: Do([], new AnswerLeg(phone.Id), new SetRoom(RoomId.Main, [new(LegId.Called), new(phone.Id)])); break;
            case NotPickedUp no: Do([], new RejectLeg(phone.Id, no.SipStatus, no.Q850)); break;
            case HungUp over: Do([], new HangUpLeg(over.Leg == phone.Id ? LegId.Called : phone.Id)); break;
        }
    }

    void Do(Items<PersonalValue> personal, params EdgeCommand[] commands) => call.DoAlone(new(call.Name, 0, edge.Epoch, commands.ToItems(), personal));
}
