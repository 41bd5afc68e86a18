using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Calls;

public class LimitTests
{
    [Fact]
    public void A_limited_call_claims_a_slot_before_anything_else()
    {
        var call = new TestCall().Arrived(limited: true);
        Assert.Equal([new ClaimCallSlot()], call.Last.Effects);
        Assert.Equal(CallPhase.Claiming, call.State.Phase);
    }

    [Fact]
    public void A_granted_slot_begins_the_flow() => Assert.Contains("AnswerLeg", new TestCall().Arrived(limited: true).At(0.1, at => new SlotGranted(at)).Effects);

    [Fact]
    public void A_refused_slot_is_486_with_cause_17_and_the_tenant_is_to_blame()
    {
        var call = new TestCall().Arrived(limited: true).At(0.1, at => new SlotRefused(at));
        Assert.Equal([new RejectLeg(Caller, 486, 17)], call.Last.Effects);
        Assert.Equal(new CallEnded(Noon.AddSeconds(0.1), EndedBy.Platform, EndReason.TenantBusy, Blame.Tenant), call.Fact<CallEnded>());
    }

    [Fact]
    public void Silence_is_asked_again_and_then_the_call_is_admitted()
    {
        var call = new TestCall().Arrived(limited: true);
        Assert.Equal(Noon.AddSeconds(2), call.Deadline);
        Assert.Equal(["ClaimCallSlot"], call.At(2, at => new CallTimeUp(at)).Effects);
        Assert.Equal(["ClaimCallSlot"], call.At(4, at => new CallTimeUp(at)).Effects);
        Assert.Contains("CallAdmitted", call.At(6, at => new CallTimeUp(at)).Facts);
    }

    [Fact]
    public void What_is_told_by_a_clock_that_is_ahead_happens_now()
    {
        Assert.Equal(Noon, new SlotGranted(Noon.AddHours(1)).NotAfter(Noon).At);
        var late = new SlotGranted(Noon.AddSeconds(-3));
        Assert.Same(late, late.NotAfter(Noon)); // it was under way
    }

    [Fact]
    public void A_running_call_is_not_cut_for_a_slot_that_lapsed() =>
        Assert.Same(Step.Ignored, new TestCall().Arrived(limited: true).At(0.1, at => new SlotGranted(at)).At(40, at => new SlotRefused(at)).Last);

    [Fact]
    public void The_slot_is_renewed_at_signs_of_life()
    {
        var call = new TestCall(Menu).Arrived(limited: true).At(0.1, at => new SlotGranted(at));
        Assert.Same(Step.Ignored, call.At(2, at => new StillThere(at, Caller)).Last);
        Assert.Equal(["ClaimCallSlot"], call.At(12, at => new StillThere(at, Caller)).Effects);
        Assert.Same(Step.Ignored, call.At(14, at => new StillThere(at, Caller)).Last);
    }

    [Fact]
    public void The_end_gives_the_slot_back() => Assert.Contains("GiveBackCallSlot", new TestCall().Arrived(limited: true).At(0.1, at => new SlotGranted(at)).HungUp(1, Caller).Effects);

    [Fact]
    public void A_slot_granted_after_the_end_is_given_back() => Assert.Equal(["GiveBackCallSlot"], new TestCall().Arrived(limited: true).HungUp(0.1, Caller).At(0.2, at => new SlotGranted(at)).Effects);
}
