namespace CallCenter.Domain.Tests.Conversations;

/// <summary>Who must hear whom, what must be recorded and what each agent does, told from the facts alone and by other means than the product's.</summary>
internal sealed class Hearing
{
    private sealed class Person
    {
        public bool Aside, Muted, Out, Lost, Hears;
        public bool IsHere => !Aside && !Out && !Lost && !Hears;
        public AgentId? Agent, With;
        public ListenMode? Mode;
    }

    private readonly record struct Wish(int No, ReachFor For, LegId? By);

    private readonly OrderedDictionary<LegId, Person> people = [];
    private readonly Dictionary<string, Wish> wishes = [];
    private readonly Dictionary<AgentId, bool> queueRecords = [];
    private LegId customer = new("caller");
    private LegId? asks, asked, line;
    private readonly HashSet<LegId> pauses = [];
    private bool held, away, queued = true, dialling, connected, recorded, ended;

    public void Hear(Fact fact)
    {
        switch (fact)
        {
            case CallDialled f: (customer, queued, dialling, recorded) = (new("called"), false, true, f.Recording); break;
            case LegAnswered f: connected |= f.Leg == customer; break;
            case OfferStarted { Queue: not null } f: queueRecords[f.Agent] = f.Recording; break;
            case ReachStarted f: Wished(f); break;
            case ReachEnded f: wishes.Remove(wishes.First(w => w.Value.No == f.No).Key); break;
            case Enqueued: queued = true; break;
            case AgentJoined f: Join(f.Leg, f.Agent, wishes.Remove(f.Agent.Value, out var wish) ? wish : default); break;
            case PartyJoined f: Join(f.Leg, null, wishes.Remove(f.Leg.Value, out var other) ? other : default); break;
            case ListenerJoined f:
                wishes.Remove(f.Agent.Value);
                people[f.Leg] = new() { Agent = f.Agent, Mode = f.Mode, With = f.With };
                break;
            case ListenChanged f: (people[f.Leg].Mode, people[f.Leg].With) = (f.Mode, f.With); break;
            case TookOver f: people[f.Leg].Mode = null; break;
            case CustomerJoined f: (dialling, connected, customer) = (false, true, f.Leg); break;
            case AgentLeft f: Leave(f.Leg); break;
            case PartyLeft f: Leave(f.Leg); break;
            case CallEnded: ended = true; break;
            default: HearMore(fact); break;
        }
    }

    private void HearMore(Fact fact)
    {
        switch (fact)
        {
            case CustomerHeld: held = true; break;
            case CustomerRetrieved: held = false; break;
            case PartyMuted f: people[f.Leg].Muted = f.On; break;
            case PartyHeld f: people[f.Leg].Out = true; break;
            case PartyRetrieved f: people[f.Leg].Out = false; break;
            case IntroBegun f: people[f.Leg].Hears = true; break;
            case WhisperPlayed f: people[f.Leg].Hears = false; break;
            case StaffNumberAnnounced f: people[f.Leg].Hears = false; break;
            case StationLost f: people[f.Leg].Lost = true; break;
            case StationBack f: people[f.Leg].Lost = false; break;
            case ConsultSwapped f: people[asks!.Value].Aside = !f.WithCustomer; break;
            case ConsultEnded f:
                var alone = people[asks!.Value].Aside && !people.Any(p => p.Key != asks && p.Key != asked && p.Key != customer && p.Value is { Aside: false, Out: false, Mode: null or ListenMode.Barge });
                held = f.Why == ConsultEnd.TargetLeft && (held || alone);
                people[asks.Value].Aside = false;
                if (asked is { } gone && people.TryGetValue(gone, out var target)) target.Aside = true; // on its way out
                asks = asked = line = null;
                break;
            case Conferenced or Transferred:
                foreach (var person in people.Values) person.Aside = false;
                if (asks is { } asker && people.TryGetValue(asker, out var back)) back.Out = false;
                foreach (var (key, wish) in wishes.ToList()) if (wish.For == ReachFor.Consult && fact is Transferred) wishes[key] = new(wish.No, ReachFor.Transfer, null);
                (held, asks, asked, line) = (false, null, null, null);
                break;
            case SentToFlow: (away, held) = (true, false); break;
            case FlowReturned: away = false; break;
            case RecordingPaused f: pauses.Add(f.For!.Value); break;
            case RecordingResumed { Left: null }: pauses.Clear(); break;
        }
    }

    private void Wished(ReachStarted f)
    {
        wishes[f.Agent?.Value ?? f.Leg!.Value.Value] = new(f.No, f.For, f.By);
        if (f.By is not { } by) return;
        (asks, line) = (by, f.Line);
        people[by].Aside = true;
    }

    /// <summary>A pause goes with whoever wanted it, whatever else is told.</summary>
    private void Leave(LegId leg)
    {
        people.Remove(leg);
        pauses.Remove(leg);
    }

    private void Join(LegId leg, AgentId? agent, Wish wish)
    {
        var aside = wish.For == ReachFor.Consult && asks is not null && wish.By is not null;
        people[leg] = new() { Agent = agent, Aside = aside };
        if (aside) asked = leg;
        if (wish.No == 0 && agent is { } queue) recorded = queueRecords.GetValueOrDefault(queue, recorded);
        if (wish.No == 0) queued = false;
    }

    private bool CustomerIsIn => !held && !(people.TryGetValue(customer, out var itself) && (itself.Out || itself.Lost)) && !away && !queued && !dialling && !ended && people.Any(p => p.Key != customer && p.Value is { IsHere: true, Mode: null or ListenMode.Barge });

    private LegId Line(LegId leg) => leg == asks && people[leg].Aside && line is { } second ? second : leg;

    /// <param name="live">The legs that the edge still has: the call may not have heard yet that one is gone.</param>
    public SortedSet<string> Pairs(HashSet<string> live) => new(Pairs().Where(p => p.Split('<').All(live.Contains)), StringComparer.Ordinal);

    private SortedSet<string> Pairs()
    {
        var pairs = new SortedSet<string>(StringComparer.Ordinal);
        if (ended) return pairs;
        Pairs(pairs, people.Where(p => p.Key != customer && p.Value.IsHere).Select(p => p.Key).ToList(), CustomerIsIn);
        Pairs(pairs, people.Where(p => p.Key != customer && p.Value is { Aside: true, Lost: false }).Select(p => p.Key).ToList(), false);
        return pairs;
    }

    private void Pairs(SortedSet<string> pairs, List<LegId> here, bool withCustomer)
    {
        if (!withCustomer && here.All(l => people[l].Mode is not null)) return; // listeners alone hear nobody
        foreach (var speaker in here)
        {
            if (withCustomer && !CustomerIsMuted) pairs.Add($"{Line(speaker)}<{customer}");
            foreach (var ear in withCustomer ? [.. here, customer] : here)
                if (ear != speaker && (IsHeard(speaker) || (people[speaker] is { Muted: false, Mode: ListenMode.Whisper } && ear == Whispered(speaker, here)))) pairs.Add($"{(ear == customer ? customer : Line(ear))}<{Line(speaker)}");
        }
    }

    private bool CustomerIsMuted => people.TryGetValue(customer, out var person) && person.Muted; // the called agent of an internal call

    private bool IsHeard(LegId leg) => people[leg] is { Muted: false, Mode: null or ListenMode.Barge };

    private LegId? Whispered(LegId listener, List<LegId> here)
    {
        if (people.Values.Any(p => p is { Aside: false, Mode: null } && (p.Out || p.Lost || p.Hears) && p.Agent == people[listener].With)) return null; // its phone holds
        if (people.TryGetValue(customer, out var called) && called is { Aside: false, Mode: null } && called.Agent == people[listener].With) return CustomerIsIn ? customer : null;
        var agents = here.Where(l => people[l] is { Agent: not null, Mode: null }).ToList();
        return agents.Count == 0 ? null : agents.FirstOrDefault(l => people[l].Agent == people[listener].With, agents[0]);
    }

    /// <summary>Whose track must run.</summary>
    public SortedSet<string> Recorded()
    {
        var tracks = new SortedSet<string>(StringComparer.Ordinal);
        if (!recorded || pauses.Count > 0 || !CustomerIsIn) return tracks;
        if (!CustomerIsMuted) tracks.Add(customer.Value);
        foreach (var (leg, person) in people) if (leg != customer && person.IsHere && IsHeard(leg)) tracks.Add(leg.Value);
        return tracks;
    }

    /// <summary>Connected seconds must be recorded, or have a reason.</summary>
    public bool MustExplain => connected && !ended && Recorded().Count == 0;

    public Dictionary<LegId, Activity> Activities() => people.Where(p => p.Value.Agent is not null && !ended).ToDictionary(p => p.Key, p => p.Value switch
    {
        { Mode: not null } => Activity.Listen,
        _ when dialling => Activity.Dial,
        { Hears: true } => Activity.Intro,
        { Aside: true } => Activity.Consult,
        { Out: true } or { Lost: true } => Activity.Hold,
        _ => CustomerIsIn ? Activity.Talk : Activity.Hold,
    });

    /// <summary>Somebody talks, or somebody comes: else the customer would wait for nothing.</summary>
    public bool MakesSense => ended || queued || away || people.Any(p => p.Key != customer && p.Value.Mode is null) || wishes.Values.Any(w => w.For is ReachFor.Transfer or ReachFor.Caller or ReachFor.Called);
}
