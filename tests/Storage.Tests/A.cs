namespace CallCenter.Storage.Tests;

/// <summary>Makers of what tests store.</summary>
internal static class A
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Acme = new("acme"), Globex = new("globex");
    public static readonly AgentId Anna = new("anna"), Bert = new("bert");
    public static readonly QueueId Sales = new("sales"), Support = new("support");
    public static readonly LegId Caller = new("caller"), Phone = new("agent-anna-1");

    public static CallId NewCall(DateTimeOffset? at = null) => CallId.New(at ?? Noon);

    public static CallArrived Arrived(double second = 0, string number = "4008001001") =>
        new(At(second), Caller, new("edge-0"), 7, "demo-trunk", number, new(new("main"), 3), "上海", "2026-01", false);

    public static DateTimeOffset At(double second) => Noon.AddSeconds(second);

    public static JournalEntry Entry(long number, params Fact[] facts) => new(number, facts.ToItems(), 1, [], 0, [], false);

    public static JournalEntry Ends(this JournalEntry entry) => entry with { Closed = true };

    /// <summary>Arrived at 0 s, answered at 1, enqueued at 5, talks with Anna from 12 to 42, recorded.</summary>
    public static JournalEntry[] WholeCall(double from = 0, string number = "4008001001", QueueId? queue = null, AgentId? agent = null)
    {
        var (q, a) = (queue ?? Sales, agent ?? Anna);
        return
        [
            Entry(1, Arrived(from, number), new NodeEntered(At(from), "start"), new LegAnswered(At(from + 1), Caller)),
            Entry(2, new Enqueued(At(from + 5), q, 5)),
            Entry(3, new OfferStarted(At(from + 6), a, 1, Phone, q, At(from + 20), true, 1), new OfferAlerting(At(from + 7), a, 1)),
            Entry(4, new OfferAnswered(At(from + 12), a, 1, Phone), new LegAnswered(At(from + 12), Phone), new AgentJoined(At(from + 12), a, 1, Phone), new RecordingStarted(At(from + 12), "r1", Caller, Phone)),
            Entry(5, new RecordingStopped(At(from + 42), "r1"), new AgentLeft(At(from + 42), a, Phone), new CallEnded(At(from + 42), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)),
            Entry(6, new LegEnded(At(from + 42), Caller, LegEndedBy.FarEnd, 0, 16), new LegEnded(At(from + 42.1), Phone, LegEndedBy.Us, 0, 0)).Ends(),
        ];
    }
}
