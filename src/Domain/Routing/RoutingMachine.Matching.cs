namespace CallCenter.Domain.Routing;

/// <summary>
/// Who gets whom. An agent is offered contacts of the first of its priorities in which anybody waits; of those it sees who has waited for its delay; of
/// these the first in line; and of the agents who see a contact the longest idle gets it. What holds between two events: no free agent sees
/// a contact that is to be served. So each event looks only at whom it has changed something for.
/// </summary>
public sealed partial class RoutingMachine
{
    /// <summary>Queues that nobody waits in any more: agents whom that kept from later priorities are looked at.</summary>
    private readonly Stack<QueueLine> emptied = new();
    /// <summary>Contacts to be served, in all queues.</summary>
    private int ready;

    /// <summary>The first contact that the agent sees.</summary>
    private WaitingContact? Best(KnownAgent agent)
    {
        WaitingContact? best = null;
        var rank = 0;
        foreach (var service in agent.Serves)
        {
            if (rank != 0 && service.Priority != rank) break;
            if (!service.Line.Waits) continue;
            rank = service.Priority;
            if (Seen(service) is { } first && (best is null || WaitingContact.Sequence.Instance.Compare(first, best) < 0)) best = first;
        }
        return best;
    }

    /// <summary>The first who has waited long enough. Of one priority the first has waited longest: if it has not, only the next priority is left.</summary>
    private WaitingContact? Seen(in Serving service)
    {
        var first = service.Line.Ready.First;
        if (service.Band.Delay == TimeSpan.Zero) return first;
        var latest = now - service.Band.Delay;
        while (first is not null && first.Place.Since > latest) first = service.Line.Ready.FirstWhere(first.Place.Priority, static (contact, priority) => contact.Place.Priority > priority);
        return first;
    }

    /// <summary>The longest idle agent who sees the contact.</summary>
    private KnownAgent? Pick(WaitingContact contact)
    {
        var waited = now - contact.Place.Since;
        KnownAgent? best = null;
        foreach (var band in contact.Line.Bands)
        {
            if (band.Delay > TimeSpan.Zero && band.Delay > waited) break;
            if (FirstOf(band, contact.Line) is { } first && (best is null || KnownAgent.LongestIdle.Instance.Compare(first, best) < 0)) best = first;
        }
        return best;
    }

    /// <summary>Only where priorities meet delays is a free agent kept from a queue, and others behind it looked at.</summary>
    private static KnownAgent? FirstOf(Band band, QueueLine line)
    {
        if (band.Free.First is not { } first || !first.IsKeptFrom(line)) return band.Free.First;
        foreach (var agent in band.Free)
            if (!agent.IsKeptFrom(line)) return agent;
        return null;
    }

    /// <summary>Another contact may have come into the agent's sight in the same instant, and stand before this one.</summary>
    private void Serve(WaitingContact contact)
    {
        while (gathering is null && contact is { Phase: ContactPhase.Waiting, Line.Terms: not null } && Pick(contact) is { } agent) Reserve(agent.Delays ? Best(agent) ?? contact : contact, agent);
    }

    /// <summary>Each of them, the longest idle first, gets the first contact that it sees.</summary>
    private void ServeAll(IEnumerable<KnownAgent> free)
    {
        foreach (var agent in free.Distinct().Order(KnownAgent.LongestIdle.Instance).ToArray())
            if (agent.Phase == AgentPhase.Free && Best(agent) is { } contact) Reserve(contact, agent);
    }

    /// <summary>A queue in which nobody waits keeps nobody from later ones: only those it kept who did not see its contacts yet, for their delay.</summary>
    private void ServeKept()
    {
        while (emptied.TryPop(out var line))
            if (ready > 0 && gathering is null && !line.Waits) ServeAll(line.Bands.Where(static band => band.Delay > TimeSpan.Zero).SelectMany(static band => band.Free.Where(static agent => agent.Ranks)));
    }

    private void Reserve(WaitingContact contact, KnownAgent agent)
    {
        TakeOut(contact);
        contact.Phase = ContactPhase.Reserved;
        contact.Agent = agent;
        contact.Until = now + ReserveAnswer;
        Wake(contact, contact.Until);
        Leave(agent);
        agent.Phase = AgentPhase.Asked;
        agent.Contact = contact;
        Wake(agent, now + ReserveAnswer);
        effects.Add(new ReserveAgent(agent.Agent, contact.Contact, contact.Line.Terms!, contact.Place.Since));
    }

    private void PutIn(WaitingContact contact)
    {
        contact.Line.Ready.Add(contact);
        ready++;
    }

    private void TakeOut(WaitingContact contact)
    {
        if (!contact.Line.Ready.Remove(contact)) return;
        ready--;
        if (contact.Line.Ready.Count == 0 && contact.Line.Bands is [.., { } last] && last.Delay > TimeSpan.Zero) emptied.Push(contact.Line);
    }

    /// <summary>When the contact must be looked at again: some agents see it then, or it has been silent for too long.</summary>
    private DateTimeOffset NextLook(WaitingContact contact)
    {
        var silent = contact.Heard + SilentContact;
        foreach (var band in contact.Line.Bands)
            if (contact.Place.Since + band.Delay is var seen && seen > now) return seen < silent ? seen : silent;
        return silent;
    }

    /// <summary>The agent serves those of its queues for which it has the skills; it stands in no line of the free.</summary>
    private void Engage(KnownAgent agent)
    {
        Disengage(agent);
        var status = agent.Status!;
        var services = new List<Serving>(status.Queues.Count);
        foreach (var queue in status.Queues)
        {
            var line = Line(queue);
            if (!SkillLevel.Meet(status.Skills, line.Needs)) continue;
            var profile = Profile(status, queue);
            var band = line.BandOf(TimeSpan.FromSeconds(profile.DelaySeconds), out var isNew);
            band.Agents++;
            line.SignedIn++;
            services.Add(new(line, band, profile.Priority));
            if (isNew && band.Delay > TimeSpan.Zero)
                foreach (var contact in line.Ready) Wake(contact, NextLook(contact));
        }
        agent.Serves = [.. services.OrderBy(static service => service.Priority)];
        agent.Delays = Array.Exists(agent.Serves, static service => service.Band.Delay > TimeSpan.Zero);
        agent.Ranks = agent.Serves is [var first, .., var last] && first.Priority != last.Priority;
    }

    private static QueueProfile Profile(AgentStatus status, QueueRef queue)
    {
        foreach (var profile in status.Profiles)
            if (profile.Queue == queue) return profile;
        return new(queue);
    }

    private static void Disengage(KnownAgent agent)
    {
        foreach (var (line, band, _) in agent.Serves)
        {
            line.SignedIn--;
            if (--band.Agents == 0) line.Bands.Remove(band);
        }
        agent.Serves = [];
    }

    /// <summary>The agent is no member of these queues any more.</summary>
    private void Resign(KnownAgent agent, AgentStatus status)
    {
        Disengage(agent);
        foreach (var queue in status.Queues) Line(queue).Members.Remove(agent);
    }

    /// <summary>The queue asks something else of its agents: each of them is looked at.</summary>
    private void Ask(QueueLine line, Items<SkillLevel> needs)
    {
        line.Needs = needs;
        foreach (var agent in line.Members.OrderBy(static agent => agent.Serial).ToArray())
        {
            var wasFree = agent.Phase == AgentPhase.Free;
            Leave(agent);
            Engage(agent);
            if (wasFree) Ready(agent);
        }
    }
}
