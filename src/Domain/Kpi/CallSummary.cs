namespace CallCenter.Domain.Kpi;

/// <summary>
/// What a call's facts add up to, without anything personal: the fold from which the call record is made. Folding is
/// incremental: <c>summary = summary.With(fact)</c> for the facts of one call in their order.
/// </summary>
[GenerateSerializer, Immutable, Alias("CallSummary")]
public sealed record CallSummary
{
    public static readonly CallSummary Empty = new();

    internal const string Inbound = "inbound", Outbound = "outbound", Internal = "internal";

    /// <summary>inbound, outbound (to a number), or internal (to an agent or an extension).</summary>
    [Id(0)] public string Direction { get; init; } = Inbound;
    /// <summary>The number that was called, canonical.</summary>
    [Id(1)] public string? Number { get; init; }
    [Id(2)] public string? Trunk { get; init; }
    [Id(3)] public FlowVersion? Flow { get; init; }
    [Id(4)] public string? HomeArea { get; init; }
    /// <summary>The queue in which the call waited last; null if it never did.</summary>
    [Id(5)] public QueueId? Queue { get; init; }
    /// <summary>Who talked, in the order of joining, each once.</summary>
    [Id(6)] public Items<AgentId> Agents { get; init; }
    /// <summary>INVITE.</summary>
    [Id(7)] public DateTimeOffset StartedAt { get; init; }
    /// <summary>Our 200 to the caller; of an outbound or internal call the called party's answer.</summary>
    [Id(8)] public DateTimeOffset? ConnectedAt { get; init; }
    /// <summary>The first time the call was put into a queue.</summary>
    [Id(9)] public DateTimeOffset? EnqueuedAt { get; init; }
    /// <summary>The first agent joined.</summary>
    [Id(10)] public DateTimeOffset? AnsweredAt { get; init; }
    [Id(11)] public DateTimeOffset? EndedAt { get; init; }
    [Id(12)] public EndedBy? By { get; init; }
    [Id(13)] public EndReason? Reason { get; init; }
    [Id(14)] public Blame? Blame { get; init; }
    [Id(15)] public Items<RecordingSpan> Recordings { get; init; }
    [Id(16)] public Items<TalkSpan> Talks { get; init; }
    [Id(17)] public Items<WaitSpan> Waits { get; init; }
    /// <summary>The customer's leg.</summary>
    [Id(18)] public LegId Caller { get; init; }
    /// <summary>At of the newest fact: open spans count up to here.</summary>
    [Id(19)] public DateTimeOffset Latest { get; init; }
    /// <summary>How often the conversation went on to somebody else.</summary>
    [Id(20)] public int Transfers { get; init; }

    /// <summary>Voicemails; one without a length is being recorded, or was too short.</summary>
    [Id(21)] public Items<VoicemailSpan> Voicemails { get; init; }

    /// <summary>Who made an outbound or internal call.</summary>
    [Id(22)] public CallDialler? Dialler { get; init; }

    /// <summary>The own number that an outbound call showed, as the trunk was told it; null as long as the number was not called.</summary>
    [Id(23)] public string? Shown { get; init; }

    /// <summary>Legs that were fax machines.</summary>
    [Id(24)] public Items<FaxSign> Faxes { get; init; }

    /// <summary>How each leg sounded that is over and was heard.</summary>
    [Id(25)] public Items<LegSound> Sounds { get; init; }

    /// <summary>Who answered a call that we made, by the sound; null where nobody wanted to know, or it was over too soon.</summary>
    [Id(26)] public AnswerSign? Answer { get; init; }

    /// <summary>Of a visitor of a web page; null of everybody else.</summary>
    [Id(31)] public CameBy? Web { get; init; }

    /// <summary>Who called, of a call that we made: the number shown, or inside the tenant the extension.</summary>
    public string? From => Direction == Outbound ? Shown : Dialler?.Extension;

    /// <summary>The call's times in ms, as far as its facts tell.</summary>
    public CallTimes Times => CallTimes.Of(this);

    /// <summary>All facts of a call, folded.</summary>
    public static CallSummary Of(Items<Fact> facts)
    {
        var summary = Empty;
        foreach (var fact in facts) summary = summary.With(fact);
        return summary;
    }

    /// <summary>The summary after one more fact; a fact that it does not count leaves it as it is.</summary>
    public CallSummary With(Fact fact)
    {
        if (fact is PersonErased) return this; // long after the end, and it is no part of the conversation
        var next = Counted(fact);
        return fact.At > next.Latest ? next with { Latest = fact.At } : next;
    }

    private CallSummary Counted(Fact fact) => fact switch
    {
        CallArrived a => this with { Caller = a.Leg, StartedAt = a.At, Number = a.Number, Trunk = a.Trunk, Flow = a.Flow, HomeArea = a.HomeArea },
        CameByWeb w => this with { Web = new(w.Origin, w.ConsentVersion) },
        LegAnswered a when a.Leg == Caller => this with { ConnectedAt = ConnectedAt ?? a.At },
        Enqueued e => this with { Queue = e.Queue, EnqueuedAt = EnqueuedAt ?? e.At, Waits = Waits.Add(new(e.Queue, e.At, null)) },
        QueueLeft l => Waited(l.At),
        AgentJoined j => Waited(j.At).Joined(j),
        AgentActive a => Close(a.Leg, a.At).Begin(a.Agent, a.Leg, a.At, a.Activity),
        ListenerJoined j => Begin(j.Agent, j.Leg, j.At, Activity.Listen),
        TookOver t => Talked(t.Agent),
        AgentLeft l => Close(l.Leg, l.At),
        CustomerJoined j => this with { Caller = j.Leg, ConnectedAt = ConnectedAt ?? j.At },
        Transferred => this with { Transfers = Transfers + 1 },
        CallDialled d => this with { Direction = d.ToAgent is null && d.ToExtension is null ? Outbound : Internal, Caller = LegId.Called, StartedAt = d.At, Dialler = new(d.Agent, d.Extension) },
        ReachRinging { Trunk: not null, Shown: { Length: > 0 } shown } r when r.Leg == LegId.Called => this with { Shown = shown },
        TrackStarted t => this with { Recordings = Recordings.Change(r => r.Recording == t.Recording, r => r with { Tracks = r.Tracks.Add(new(t.Track, t.Leg, t.Channel, t.At, null)) }) },
        TrackStopped t => this with { Recordings = Recordings.Change(r => r.Recording == t.Recording, r => r with { Tracks = r.Tracks.Change(k => k.Track == t.Track && k.To is null, k => k with { To = t.At }) }) },
        TrackSealed t => this with { Recordings = Recordings.Change(r => r.Recording == t.Recording, r => r with { Tracks = r.Tracks.Change(k => k.Track == t.Track, k => k with { Seal = t.Seal, Speech = t.Speech }) }) },
        RecordingStarted r => this with { Recordings = Recordings.Add(new(r.Recording, r.Left, r.Right, r.At, null)) },
        RecordingStopped r => this with { Recordings = Recordings.Change(s => s.Recording == r.Recording, s => s with { StoppedAt = s.StoppedAt ?? r.At }) },
        VoicemailStarted v => this with { Voicemails = Voicemails.Add(new(v.Recording, v.Box, v.Leg, v.At, null)) },
        VoicemailLeft v => this with { Voicemails = Voicemails.Change(s => s.Recording == v.Recording, s => s with { Length = v.Length }) },
        LegEnded { Quality: { } quality } l => this with { Sounds = Sounds.Add(new(l.Leg, quality)) },
        FaxDetected f => this with { Faxes = Faxes.Add(new(f.At, f.Leg, f.Tone)) },
        AnswerClassified a => this with { Answer = new(a.Answerer, a.Confidence, a.AfterMs) },
        CallEnded e => Ended(e),
        _ => this,
    };

    private CallSummary Waited(DateTimeOffset at) => this with { Waits = Waits.Change(w => w.To is null, w => w with { To = at }) };

    private CallSummary Joined(AgentJoined joined) => Talked(joined.Agent).Begin(joined.Agent, joined.Leg, joined.At, Activity.Talk) with { AnsweredAt = AnsweredAt ?? joined.At };

    private CallSummary Talked(AgentId agent) => Agents.Contains(agent) ? this : this with { Agents = Agents.Add(agent) };

    private CallSummary Begin(AgentId agent, LegId leg, DateTimeOffset at, Activity activity) => this with { Talks = Talks.Add(new(agent, leg, at, null, activity)) };

    /// <summary>What the agent did until now is over; what took no time at all never was.</summary>
    private CallSummary Close(LegId leg, DateTimeOffset at) => this with
    {
        Talks = Talks.Without(t => t.Leg == leg && t.To is null && t.From == at).Change(t => t.Leg == leg && t.To is null, t => t with { To = at }),
    };

    private CallSummary Ended(CallEnded ended) => Waited(ended.At) with
    {
        EndedAt = ended.At, By = ended.By, Reason = ended.Reason, Blame = ended.Blame,
        Talks = Talks.Change(t => t.To is null, t => t with { To = ended.At }),
        Recordings = Recordings.Change(r => r.StoppedAt is null, r => r with { StoppedAt = ended.At }).Change(_ => true, r => r with { Tracks = r.Tracks.Change(t => t.To is null, t => t with { To = ended.At }) }),
    };
}

/// <summary>Who made a call.</summary>
/// <param name="Agent">Null from a station without an agent.</param>
/// <param name="Extension">The phone that dialled; null from the desktop.</param>
[GenerateSerializer, Immutable, Alias("CallDialler")]
public sealed record CallDialler([property: Id(0)] AgentId? Agent, [property: Id(1)] string? Extension);

/// <summary>By which page a visitor came.</summary>
/// <param name="ConsentVersion">Of the text that the visitor agreed to; null where there was none.</param>
[GenerateSerializer, Immutable, Alias("CameBy")]
public sealed record CameBy([property: Id(0)] string Origin, [property: Id(1)] int? ConsentVersion);

/// <summary>A recording inside a call.</summary>
/// <param name="Recording">Its name inside the call.</param>
[GenerateSerializer, Immutable, Alias("RecordingSpan")]
public readonly record struct RecordingSpan([property: Id(0)] string Recording, [property: Id(1)] LegId Left, [property: Id(2)] LegId Right, [property: Id(3)] DateTimeOffset StartedAt, [property: Id(4)] DateTimeOffset? StoppedAt, [property: Id(5)] Items<TrackSpan> Tracks = default);

/// <summary>A voicemail.</summary>
/// <param name="Length">In ms; null unless it was left.</param>
[GenerateSerializer, Immutable, Alias("VoicemailSpan")]
public readonly record struct VoicemailSpan([property: Id(0)] string Recording, [property: Id(1)] string Box, [property: Id(2)] LegId Leg, [property: Id(3)] DateTimeOffset StartedAt, [property: Id(4)] long? Length);

/// <summary>What one leg said, while it was recorded.</summary>
/// <param name="Seal">See <see cref="TrackSealed"/>; null until it is known, and for good if the edge died before.</param>
/// <param name="Speech">The same.</param>
[GenerateSerializer, Immutable, Alias("TrackSpan")]
public readonly record struct TrackSpan([property: Id(0)] string Track, [property: Id(1)] LegId Leg, [property: Id(2)] Channel Channel, [property: Id(3)] DateTimeOffset From, [property: Id(4)] DateTimeOffset? To, [property: Id(5)] string? Seal = null, [property: Id(6)] TrackSpeech? Speech = null);

/// <summary>A part of an agent's spell in the call, in which it did one thing; the parts from joining to leaving follow each other.</summary>
[GenerateSerializer, Immutable, Alias("TalkSpan")]
public readonly record struct TalkSpan([property: Id(0)] AgentId Agent, [property: Id(1)] LegId Leg, [property: Id(2)] DateTimeOffset From, [property: Id(3)] DateTimeOffset? To, [property: Id(4)] Activity Activity = Activity.Talk);

/// <summary>Time in one queue, from entering to an agent's joining or to leaving.</summary>
[GenerateSerializer, Immutable, Alias("WaitSpan")]
public readonly record struct WaitSpan([property: Id(0)] QueueId Queue, [property: Id(1)] DateTimeOffset From, [property: Id(2)] DateTimeOffset? To);
