namespace CallCenter.Grains.Calls;

/// <summary>A call's effects in the words of those who hear them.</summary>
static class CallWords
{
    public static AgentEvent ToAgent(CallToAgent effect, Contact contact, DateTimeOffset now) => effect switch
    {
        SeekAgent e => new ReserveDirect(now, contact, e.Terms),
        TakeOffer e => new Take(now, contact, e.Epoch, e.Leg),
        CloseOffer e => new Close(now, contact, e.Epoch, e.Why),
        ReleaseAgent e => new Release(e.At, contact, e.Epoch),
        RenewLease e => new Renew(now, contact, e.Epoch),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.GetType().Name, "has no word for an agent"),
    };

    public static RoutingEvent ToRouting(CallToRouting effect, Contact contact, DateTimeOffset now) => effect switch
    {
        TakePlace e => new ContactWaits(now, contact, e.Place),
        HoldPlace e => new ContactHeld(now, contact, e.Place, e.Until),
        LeavePlace => new ContactLeft(now, contact),
        AskPlace => new PlaceAsked(now, contact),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.GetType().Name, "has no word for routing"),
    };

    public static TenantEvent ToTenant(CallToTenant effect, CallId call, DialledNumbers numbers, DateTimeOffset now) => effect switch
    {
        AskToDial e => new ClearDial(now, call, e.Leg, numbers.Dialled(e.Field), e.Shown, e.Agent, e.Queue, e.Station),
        GiveBackChannel e => new GiveBackDial(now, call, e.Leg, e.Talked),
        ClaimCallSlot => new ClaimSlot(now, call),
        GiveBackCallSlot => new GiveBackSlot(now, call),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.GetType().Name, "has no word for the tenant"),
    };
}
