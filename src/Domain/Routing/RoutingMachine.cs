namespace CallCenter.Domain.Routing;

/// <summary>A queue's figures at this moment, as routing knows them.</summary>
/// <param name="Waiting">Contacts in the queue, those on offer included.</param>
/// <param name="OldestSince">Since when the longest waiting of the first in line waits.</param>
public readonly record struct QueueFigures(int Waiting, DateTimeOffset? OldestSince, int SignedIn, int Free);

/// <summary>
/// Matches contacts with agents over one pool: an event in, effects out; deterministic, without I/O. Its memory is soft: contacts
/// say their place anew at each sign of life, agents answer when asked, and every assumption ends by itself. Each event touches
/// what it changes only, in O(log n); nothing scans all contacts or all agents.
/// </summary>
/// <remarks>Not for several threads at once.</remarks>
public sealed partial class RoutingMachine
{
    /// <summary>An agent that was asked to take a contact must have spoken within this time.</summary>
    public static readonly TimeSpan ReserveAnswer = TimeSpan.FromSeconds(3);
    /// <summary>An agent that refused is left alone for this long. By a clock that is behind ours it may still rest while we believe it free: asked at once, it would refuse at once, as fast as words travel.</summary>
    public static readonly TimeSpan RefusalRest = TimeSpan.FromMilliseconds(250);
    /// <summary>Beyond the announced end of a lease: time for the agent's word to travel.</summary>
    public static readonly TimeSpan WordSlack = TimeSpan.FromSeconds(1);
    /// <summary>An agent or queue that does not answer is asked again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(3);
    /// <summary>Calls speak every 2 s; one that has been silent for so long waits no more, or will say so.</summary>
    public static readonly TimeSpan SilentContact = TimeSpan.FromSeconds(15);
    /// <summary>No announced instant is believed further ahead than this: the longest after-call work or retry delay, and some.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromMinutes(61);

    /// <summary>No offer is under way for longer: the longest ring time, and some. A clock that goes back makes the announced end of one lie far ahead.</summary>
    public static readonly TimeSpan LongestOffer = TimeSpan.FromSeconds(310);

    private readonly Dictionary<Contact, WaitingContact> contacts = [];
    private readonly Dictionary<AgentRef, KnownAgent> agents = [];
    private readonly Dictionary<QueueRef, QueueLine> lines = [];
    private readonly SortedSet<Timed> due = new(Timed.Order.Instance);
    private readonly List<Effect> effects = [];
    private DateTimeOffset now;
    private long serial;

    /// <summary>When <see cref="RoutingTimeUp"/> must be delivered; null = nothing is waited for.</summary>
    public DateTimeOffset? Deadline => due.Min?.Due;

    public int Contacts => contacts.Count;
    public int Agents => agents.Count;

    /// <summary>The queues that routing has heard of.</summary>
    public IReadOnlyCollection<QueueRef> Queues => lines.Keys;

    /// <summary>Takes one event in and says what to do now. Empty: the event meant nothing, or nothing had to be done.</summary>
    public Items<Effect> Next(RoutingEvent happened)
    {
        now = happened.At;
        effects.Clear();
        switch (happened)
        {
            case ContactWaits e: Waits(e); Heard(e.Contact); break;
            case ContactHeld e: Held(e); Heard(e.Contact); break;
            case ContactLeft e: Left(e); Heard(e.Contact); break;
            case PlaceAsked e: TellPlace(e); break;
            case AgentIs e: Hear(e); break;
            case ReserveRefused e: Refused(e); break;
            case QueueIs e: Learn(e); break;
            case RoutingTimeUp: TimeUp(); break;
        }
        ServeKept();
        return effects.ToItems();
    }

    /// <summary>Asks agents for their word: after a start, those that the configuration lists.</summary>
    /// <param name="at">The present instant.</param>
    public Items<Effect> Ask(Items<AgentRef> listed, DateTimeOffset at)
    {
        now = at;
        effects.Clear();
        foreach (var agent in listed)
            if (!agents.ContainsKey(agent)) Question(Known(agent));
        return effects.ToItems();
    }

    /// <summary>A queue's figures; zero for one that routing has not heard of.</summary>
    public QueueFigures Look(QueueRef queue) => lines.TryGetValue(queue, out var line)
        ? new(line.All.Count, line.All.First?.Place.Since, line.SignedIn, line.Free)
        : default;

    /// <summary>How a contact stands; null = unknown.</summary>
    internal ContactPhase? PhaseOf(Contact contact) => contacts.TryGetValue(contact, out var known) ? known.Phase : null;

    /// <summary>How an agent stands; null = unknown.</summary>
    internal AgentPhase? PhaseOf(AgentRef agent) => agents.TryGetValue(agent, out var known) ? known.Phase : null;

    /// <summary>The queue has spoken.</summary>
    internal bool Knows(QueueRef queue) => lines.TryGetValue(queue, out var line) && line.Terms is not null;

    private QueueLine Line(QueueRef queue)
    {
        if (!lines.TryGetValue(queue, out var line)) lines[queue] = line = new(queue);
        return line;
    }

    private void Learn(QueueIs e)
    {
        if (e.Terms.Queue is not { } queue) return;
        var line = Line(new(e.Tenant, queue));
        if (line.Terms is { } known && known.QueueVersion > e.Terms.QueueVersion) return;
        line.Terms = e.Terms;
        if (line.Needs != e.Needs) Ask(line, e.Needs);
        if (gathering is null && line.Waits) ServeAll(line.Bands.SelectMany(static band => band.Free));
    }

    private void Wake(Timed timed, DateTimeOffset? at)
    {
        if (timed.Due == at) return;
        if (timed.Due is not null) due.Remove(timed);
        timed.Due = at;
        if (at is not null) due.Add(timed);
    }

    private void TimeUp()
    {
        while (due.Min is { } first && first.Due <= now)
        {
            if (first is WaitingContact contact) ContactDue(contact);
            else if (first is KnownAgent agent) AgentDue(agent);
            else EndGathering();
        }
    }

    private DateTimeOffset Bounded(DateTimeOffset announced) => announced > now + Furthest ? now + Furthest : announced;
}
