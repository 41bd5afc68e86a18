namespace CallCenter.Domain.Routing;

/// <summary>Agents: away, delayed, free, asked.</summary>
public sealed partial class RoutingMachine
{
    private KnownAgent Known(AgentRef id)
    {
        if (!agents.TryGetValue(id, out var agent)) agents[id] = agent = new(++serial, id);
        return agent;
    }

    private void Hear(AgentIs e)
    {
        if (!e.Status.SignedIn)
        {
            if (agents.TryGetValue(e.Agent, out var gone) && e.Status.Sequence > gone.Sequence) Forget(gone);
            return;
        }
        var agent = Known(e.Agent);
        if (e.Status.Sequence <= agent.Sequence)
        {
            if (e.Status.Sequence < agent.Sequence) Doubt(agent);
            return;
        }
        Leave(agent);
        Take(agent, e.Status);
        if (!e.Status.Free) Away(agent);
        else if (agent.Phase != AgentPhase.Asked) Ready(agent); // else: said before it was asked; its answer is on the way
    }

    /// <summary>
    /// An older word: it was late, or the clock has gone back and the agent is numbered anew. Who is believed to be away for long is asked, lest nothing
    /// it says be heard until then.
    /// </summary>
    private void Doubt(KnownAgent agent)
    {
        if (agent.Phase is not (AgentPhase.Away or AgentPhase.Delayed) || agent.Due <= now + WordSlack) return;
        agent.Phase = AgentPhase.Away;
        Wake(agent, now + WordSlack);
    }

    /// <summary>Takes the word in: number, queues, and how they are served.</summary>
    private void Take(KnownAgent agent, AgentStatus status)
    {
        var before = agent.Status;
        agent.Status = status;
        agent.Sequence = status.Sequence;
        if (before is not null && before.Queues == status.Queues && before.Profiles == status.Profiles && before.Skills == status.Skills) return;
        if (before is not null) Resign(agent, before);
        foreach (var queue in status.Queues) Line(queue).Members.Add(agent);
        Engage(agent);
    }

    private void Away(KnownAgent agent)
    {
        agent.Phase = AgentPhase.Away;
        agent.Contact = null; // the contact's own deadline or word decides about it
        var until = agent.Status!.Until is { } announced ? Bounded(announced) + WordSlack : now + AgentLimits.WordStands;
        Wake(agent, until > now ? until : now + WordSlack);
    }

    private void Ready(KnownAgent agent)
    {
        var from = Bounded(agent.Status!.From);
        if (agent.RefusedUntil > from && agent.RefusedUntil <= now + RefusalRest) from = agent.RefusedUntil;
        agent.Contact = null;
        if (from > now)
        {
            agent.Phase = AgentPhase.Delayed;
            Wake(agent, from);
            return;
        }
        agent.Phase = AgentPhase.Free;
        Wake(agent, null);
        if (gathering is null && Best(agent) is { } contact) Reserve(contact, agent);
        else foreach (var service in agent.Serves) service.Band.Free.Add(agent);
    }

    /// <summary>Out of the lines of the free; before anything that decides the order there changes.</summary>
    private static void Leave(KnownAgent agent)
    {
        if (agent.Phase != AgentPhase.Free) return;
        foreach (var service in agent.Serves) service.Band.Free.Remove(agent);
        agent.Phase = AgentPhase.Away;
    }

    private void Forget(KnownAgent agent)
    {
        Leave(agent);
        Wake(agent, null);
        if (agent.Status is { } status) Resign(agent, status);
        agents.Remove(agent.Agent);
        if (agent.Contact is { } contact && contact.Agent == agent) Unreserve(contact);
    }

    private void Refused(ReserveRefused e)
    {
        if (agents.TryGetValue(e.Agent, out var agent) && agent.Phase == AgentPhase.Asked && (agent.Contact is null || agent.Contact.Contact == e.Contact))
        {
            agent.RefusedUntil = now + RefusalRest;
            agent.Phase = AgentPhase.Away;
            agent.Contact = null;
            Wake(agent, now + WordSlack); // its word follows; if not, it is asked
        }
        if (contacts.TryGetValue(e.Contact, out var contact) && contact.Phase == ContactPhase.Reserved && contact.Agent?.Agent == e.Agent) Unreserve(contact);
    }

    private void AgentDue(KnownAgent agent)
    {
        if (agent.Phase == AgentPhase.Delayed) Ready(agent);
        else Question(agent);
    }

    /// <summary>Nothing was heard in time: ask, and take whatever number the answer has.</summary>
    private void Question(KnownAgent agent)
    {
        agent.Phase = AgentPhase.Away;
        agent.Sequence = 0;
        agent.Contact = null;
        Wake(agent, now + AskAgain);
        effects.Add(new AskAgent(agent.Agent));
    }
}
