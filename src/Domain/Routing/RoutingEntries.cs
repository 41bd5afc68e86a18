namespace CallCenter.Domain.Routing;

/// <summary>Something with a time at which routing must look at it again.</summary>
internal abstract class Timed(long serial)
{
    /// <summary>Breaks ties, in the order of coming.</summary>
    public readonly long Serial = serial;
    public DateTimeOffset? Due;

    public sealed class Order : IComparer<Timed>
    {
        public static readonly Order Instance = new();

        public int Compare(Timed? a, Timed? b) => Nullable.Compare(a!.Due, b!.Due) is not 0 and var byDue ? byDue : a.Serial.CompareTo(b.Serial);
    }
}

/// <summary>The time after a start in which places are gathered and nobody is served.</summary>
internal sealed class Gathering(long serial) : Timed(serial)
{
    /// <summary>Open calls that have not spoken yet; null while it is not known which are open.</summary>
    public HashSet<Contact>? Missing;
}

internal enum ContactPhase
{
    /// <summary>To be served.</summary>
    Waiting,
    /// <summary>An agent was asked to take it; no word yet.</summary>
    Reserved,
    /// <summary>The call says that an offer is under way.</summary>
    Held,
}

internal sealed class WaitingContact(long serial, Contact contact, QueueLine line, Place place) : Timed(serial)
{
    public readonly Contact Contact = contact;
    public QueueLine Line = line;
    public Place Place = place;
    public ContactPhase Phase;
    /// <summary>The agent that it is reserved for.</summary>
    public KnownAgent? Agent;
    /// <summary>Until when it is reserved or held.</summary>
    public DateTimeOffset Until;
    /// <summary>When the call last spoke of it.</summary>
    public DateTimeOffset Heard;

    /// <summary>Priority, then age, then id: one order in all queues, so that "oldest first" holds across them.</summary>
    public sealed class Sequence : IComparer<WaitingContact>
    {
        public static readonly Sequence Instance = new();

        public int Compare(WaitingContact? a, WaitingContact? b)
        {
            var order = a!.Place.Priority.CompareTo(b!.Place.Priority);
            if (order == 0) order = a.Place.Since.CompareTo(b.Place.Since);
            if (order == 0) order = string.CompareOrdinal(a.Contact.Call.Value, b.Contact.Call.Value);
            return order != 0 ? order : string.CompareOrdinal(a.Contact.Tenant.Value, b.Contact.Tenant.Value);
        }
    }
}

internal enum AgentPhase
{
    /// <summary>Cannot be offered anything, or has not spoken yet.</summary>
    Away,
    /// <summary>Free from a later instant on.</summary>
    Delayed,
    Free,
    /// <summary>Asked to take a contact; no word yet.</summary>
    Asked,
}

internal sealed class KnownAgent(long serial, AgentRef agent) : Timed(serial)
{
    public readonly AgentRef Agent = agent;
    public AgentPhase Phase;
    public AgentStatus? Status;
    public long Sequence;
    /// <summary>The contact that it was asked to take.</summary>
    public WaitingContact? Contact;
    /// <summary>It has refused: not asked again before this instant, whatever it says of itself.</summary>
    public DateTimeOffset RefusedUntil;
    /// <summary>The queues it can serve, in the order of its priorities.</summary>
    public Serving[] Serves = [];
    /// <summary>Not all of its queues have the same priority.</summary>
    public bool Ranks;

    /// <summary>Contacts of some of its queues are out of its sight at first.</summary>
    public bool Delays;

    /// <summary>Somebody waits in a queue that comes before this one: nobody here is offered to the agent.</summary>
    public bool IsKeptFrom(QueueLine line)
    {
        if (!Ranks) return false;
        var own = 0;
        foreach (var service in Serves)
            if (service.Line == line) own = service.Priority;
        foreach (var service in Serves)
        {
            if (service.Priority >= own) return false;
            if (service.Line.Waits) return true;
        }
        return false;
    }

    /// <summary>Longest idle first.</summary>
    public sealed class LongestIdle : IComparer<KnownAgent>
    {
        public static readonly LongestIdle Instance = new();

        public int Compare(KnownAgent? a, KnownAgent? b)
        {
            var order = a!.Status!.IdleSince.CompareTo(b!.Status!.IdleSince);
            if (order == 0) order = string.CompareOrdinal(a.Agent.Agent.Value, b.Agent.Agent.Value);
            return order != 0 ? order : string.CompareOrdinal(a.Agent.Owner.Value, b.Agent.Owner.Value);
        }
    }
}

/// <summary>How an agent serves one queue.</summary>
internal readonly record struct Serving(QueueLine Line, Band Band, int Priority);

/// <summary>Those agents of a queue who see a contact after the same delay.</summary>
internal sealed class Band(TimeSpan delay)
{
    public readonly TimeSpan Delay = delay;
    public readonly RankedSet<KnownAgent> Free = new(KnownAgent.LongestIdle.Instance);
    /// <summary>Signed in, free or not.</summary>
    public int Agents;
}

/// <summary>One queue as routing sees it.</summary>
internal sealed class QueueLine(QueueRef queue)
{
    public readonly QueueRef Queue = queue;
    /// <summary>Null until the queue has spoken: its contacts wait.</summary>
    public OfferTerms? Terms;
    /// <summary>What it asks of its agents.</summary>
    public Items<SkillLevel> Needs;
    public DateTimeOffset AskedAt = DateTimeOffset.MinValue;
    /// <summary>All contacts, those on offer included.</summary>
    public readonly RankedSet<WaitingContact> All = new(WaitingContact.Sequence.Instance);
    /// <summary>Those to be served.</summary>
    public readonly RankedSet<WaitingContact> Ready = new(WaitingContact.Sequence.Instance);
    /// <summary>Of the agents who can serve it, by delay; one with no delay where nobody has chosen otherwise.</summary>
    public readonly List<Band> Bands = [];
    /// <summary>Agents whose settings name it, whether or not they have the skills.</summary>
    public readonly HashSet<KnownAgent> Members = [];
    /// <summary>Agents who can serve it.</summary>
    public int SignedIn;

    /// <summary>Somebody is to be served, and may be.</summary>
    public bool Waits => Terms is not null && Ready.Count > 0;

    public int Free
    {
        get
        {
            var free = 0;
            foreach (var band in Bands) free += band.Free.Count;
            return free;
        }
    }

    public Band BandOf(TimeSpan delay, out bool isNew)
    {
        var at = 0;
        while (at < Bands.Count && Bands[at].Delay < delay) at++;
        isNew = at == Bands.Count || Bands[at].Delay != delay;
        if (isNew) Bands.Insert(at, new(delay));
        return Bands[at];
    }
}
