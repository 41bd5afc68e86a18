using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Dialling;
using CallCenter.Domain.Tests.Calls;

namespace CallCenter.Domain.Tests.Conversations;

/// <summary>A call that an edge put through by itself, told afterwards.</summary>
public sealed class EmergencyTests
{
    static readonly LegId Phone = new("phone-1001-1");

    static TestCall Told() => new TestCall().At(0, at => new EmergencyDialled(at, Phone, new("edge-0"), 1, "1001", "110", "trunk", "01012345678", at.AddSeconds(60)));

    [Fact]
    public void What_the_edge_did_is_a_whole_call_of_the_phone_without_a_lease_or_a_clearance()
    {
        var call = Told();
        Assert.Equal([nameof(CallDialled), nameof(PartyJoined), nameof(ReachStarted), nameof(ReachRinging)], call.Facts);
        Assert.Empty(call.Effects);
        Assert.Same(Step.Ignored, call.At(0, at => new EmergencyDialled(at, Phone, new("edge-0"), 1, "1001", "110", "trunk", "", at.AddSeconds(60))).Last);
        call.At(3, at => new PickedUp(at, LegId.Called));
        Assert.Equal([new(LegId.Called), new(Phone)], call.Effect<SetRoom>().Members);
        call.At(3, at => new Answered(at, Phone)).HungUp(30, Phone);
        var ended = call.Fact<CallEnded>();
        Assert.Equal((EndedBy.Party, EndReason.HangUp, Blame.Nobody), (ended.By, ended.Reason, ended.Blame));
        Assert.True(call.HungUp(30, LegId.Called, LegEndedBy.Us).State.IsOver);
    }

    [Fact]
    public void One_that_nobody_picked_up_ends_so()
    {
        var call = Told().At(5, at => new NotPickedUp(at, LegId.Called, LegFailure.Busy, 486, 17));
        Assert.Equal(EndReason.Busy, call.Fact<CallEnded>().Reason);
    }

    [Theory]
    [InlineData("110", true)]
    [InlineData("13800138000", false)]
    public void A_phone_whose_agent_is_signed_out_or_in_another_call_reaches_emergency_numbers_only(string dialled, bool passes)
    {
        var rules = TestCall.Rules with { Dialled = text => text == "1001" ? new(Agent: TestCall.Anna) : new(Number: text) };
        var call = CallState.Empty;
        Step Next(CallEvent happened)
        {
            var step = CallMachine.Next(call, happened, rules);
            call = call.After(step);
            return step;
        }
        Assert.Contains(Next(new PhoneDialled(TestCall.Noon, Phone, new("edge-0"), 1, "1001", dialled)).Effects, effect => effect is SeekAgent);
        var step = Next(new AgentRefused(TestCall.Noon.AddSeconds(1), TestCall.Anna));
        Assert.Equal(passes, step.Effects.Any(effect => effect is AskToDial));
        Assert.Equal(passes ? CallPhase.Dialling : CallPhase.Ended, call.Phase);
        if (!passes) return;
        Next(new DialCleared(TestCall.Noon.AddSeconds(1), LegId.Called, "trunk", "01012345678"));
        Next(new PickedUp(TestCall.Noon.AddSeconds(3), LegId.Called));
        Assert.Equal(CallPhase.Talking, call.Phase);
        Assert.Null(Assert.Single(call.Parties).Agent);
    }

    [Fact]
    public void Its_number_is_kept_apart_from_its_facts() =>
        Assert.Equal(("dial-called", "110"), CallMachine.Personal(CallState.Empty, new EmergencyDialled(TestCall.Noon, Phone, new("edge-0"), 1, "1001", "110", "trunk", "", TestCall.Noon), TestCall.Rules));

    [Theory]
    [InlineData("110", true)]
    [InlineData("9120", true)]
    [InlineData("0119", true)]
    [InlineData("010110", true)]
    [InlineData("112", true)]
    [InlineData("114", false)]
    [InlineData("1100", false)]
    [InlineData("013800138000", false)]
    [InlineData("", false)]
    public void An_emergency_number_is_known_without_settings(string dialled, bool isOne) => Assert.Equal(isOne, DialledNumber.IsEmergency(dialled, out _));
}
