using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Kpi;

namespace CallCenter.Domain.Tests.Kpi;

public class CallSummaryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly LegId Caller = new("caller"), Phone = new("agent-anna-1");
    private static readonly Fact Arrived = new CallArrived(Noon, Caller, new("edge-0"), 1, "trunk", "86-4008001001", new(new("main"), 1), "北京", "cn-1", false);

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    [Fact]
    public void Every_second_of_a_call_is_accounted_for()
    {
        var call = CallSummary.Of(
        [
            Arrived, new LegAnswered(At(0.5), Caller), new Enqueued(At(10), new("sales"), 5),
            new LegAnswered(At(24), Phone), new AgentJoined(At(25), new("anna"), 1, Phone), new RecordingStarted(At(25), "r1", Caller, Phone),
            new RecordingStopped(At(85.25), "r1"), new AgentLeft(At(85.25), new("anna"), Phone), new CallEnded(At(85.25), EndedBy.Agent, EndReason.HangUp, Blame.Nobody),
        ]);
        Assert.Equal(new CallTimes(9_500, 15_000, 60_250, 0), call.Times);
        Assert.Equal((At(0.5), At(25), At(85.25)), (call.ConnectedAt, call.AnsweredAt, call.EndedAt));
        Assert.Equal(new RecordingSpan("r1", Caller, Phone, At(25), At(85.25)), Assert.Single(call.Recordings.AsEnumerable()));
        Assert.Equal([new AgentId("anna")], call.Agents);
        Assert.Equal((EndedBy.Agent, "北京", "86-4008001001"), (call.By, call.HomeArea, call.Number));
    }

    [Fact]
    public void A_call_that_ends_in_the_flow_has_ivr_time_only() =>
        Assert.Equal(new CallTimes(4_000, 0, 0, 0), CallSummary.Of([Arrived, new LegAnswered(At(1), Caller), new CallEnded(At(5), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)]).Times);

    [Fact]
    public void A_caller_who_gives_up_waiting_has_no_talk_time() =>
        Assert.Equal(new CallTimes(1_000, 8_000, 0, 0), CallSummary.Of([Arrived, new LegAnswered(At(1), Caller), new Enqueued(At(2), new("sales"), 5), new QueueLeft(At(10), new("sales"), QueueLeaving.CallerLeft), new CallEnded(At(10), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)]).Times);

    [Fact]
    public void Waiting_counts_from_our_200_if_the_queue_came_first() =>
        Assert.Equal(new CallTimes(0, 9_800, 0, 0), CallSummary.Of([Arrived, new Enqueued(At(0), new("sales"), 5), new LegAnswered(At(0.2), Caller), new CallEnded(At(10), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)]).Times);

    private static CallDialled Dialled(string? toExtension = null, string? shown = null) => new(Noon, new("edge-0"), 1, new("anna"), "1001", Phone, null, toExtension, shown, false);

    [Fact]
    public void An_outbound_call_is_from_the_number_that_was_shown_and_tells_who_dialled()
    {
        var asked = CallSummary.Of([Dialled(shown: "86-4008001001"), new ReachStarted(At(0), 1, ReachFor.Called, LegId.Called, null, null, null, false, null, null, "86-4008001001", null)]);
        Assert.Equal((new CallDialler(new("anna"), "1001"), null), (asked.Dialler, asked.From)); // that it was asked for does not say that it was shown
        var rung = asked.With(new ReachRinging(At(1), 1, LegId.Called, At(61), "trunk", "01012345678"));
        Assert.Equal("01012345678", rung.From);
        Assert.Equal("01012345678", rung.With(new ReachRinging(At(9), 2, new("number-2"), At(69), "trunk", "01087654321")).From); // a consultation
    }

    [Fact]
    public void An_internal_call_is_from_the_extension_that_dialled() => Assert.Equal("1001", CallSummary.Of([Dialled(toExtension: "1006")]).From);

    [Fact]
    public void A_call_that_was_never_connected_has_no_times() =>
        Assert.Equal(default, CallSummary.Of([Arrived, new CallEnded(At(3), EndedBy.Platform, EndReason.TenantBusy, Blame.Tenant)]).Times);
}
