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

    private static readonly LegQuality Good = new(4.4, 4.1, 0.1, 2, 20, 4.3, new(10, [4.4, 4.1], [0, 0.2], [2, 2], [20, 20]));

    [Fact]
    public void Each_leg_that_was_heard_tells_how_it_sounded()
    {
        var call = CallSummary.Of([Arrived, new LegEnded(At(20), Phone, LegEndedBy.Us, 0, 0, Good), new LegEnded(At(20), new("agent-ben-1"), LegEndedBy.FarEnd, 486, 0), new LegEnded(At(20), Caller, LegEndedBy.FarEnd, 0, 0, Good with { Mos = 3 })]);
        Assert.Equal([new LegSound(Phone, Good), new LegSound(Caller, Good with { Mos = 3 })], call.Sounds);
    }

    [Fact]
    public void Both_sides_speech_adds_up_over_tracks_and_their_seals_may_come_after_the_end()
    {
        var call = CallSummary.Of(
        [
            Arrived, new RecordingStarted(At(0), "r1", Caller, Phone), new TrackStarted(At(0), "r1", "caller-1", Caller, Channel.Left), new TrackStarted(At(0), "r1", "agent-1", Phone, Channel.Right),
            new TrackStopped(At(20), "r1", "agent-1"), new TrackStarted(At(20), "r1", "agent-2", new("agent-ben-1"), Channel.Right), new CallEnded(At(50), EndedBy.Caller, EndReason.HangUp, Blame.Nobody),
            new TrackSealed(At(50), "r1", "agent-1", 4, 0, "ab", new(15_000, 3_000, 0, 0)),
            new TrackSealed(At(51), "r1", "caller-1", 10, 0, "cd", new(10_000, 21_000, 400, 1_500)),
        ]);
        Assert.Equal(new CallSpeech(new(50_000, 10_000, 0.8, 400, 21_000), new(20_000, 15_000, 0.25, 1_500, 3_000)), CallSpeech.Of(call));
        call = call.With(new TrackSealed(At(52), "r1", "agent-2", 6, 0, "ef", new(5_000, 9_000, 0, 250)));
        Assert.Equal(new SideSpeech(50_000, 20_000, 0.6, 1_750, 9_000), CallSpeech.Of(call)!.Others);
        Assert.Null(CallSpeech.Of(CallSummary.Of([Arrived])));
    }

    [Fact]
    public void A_call_that_was_never_connected_has_no_times() =>
        Assert.Equal(default, CallSummary.Of([Arrived, new CallEnded(At(3), EndedBy.Platform, EndReason.TenantBusy, Blame.Tenant)]).Times);
}
