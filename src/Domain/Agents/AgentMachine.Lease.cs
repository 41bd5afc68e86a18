namespace CallCenter.Domain.Agents;

/// <summary>The lease: offered, taken, closed, released, run out.</summary>
public static partial class AgentMachine
{
    private static void MakeOffer(AgentTurn turn, Reserve e)
    {
        var agent = turn.Agent;
        if (agent.Work == AgentWork.Offered && agent.Contact == e.Contact)
        {
            turn.TellStatus(); // said twice: the offer is on its way
            return;
        }
        if (turn.Settings is not { } settings || !agent.IsFree || turn.Now < agent.RetryFrom || !settings.Serves(e.Contact.Tenant))
        {
            turn.Do(new RefuseReserve(e.Contact));
            turn.TellStatus();
        }
        else if (settings.ServesSeveral) Weigh(turn, e);
        else Offer(turn, e.Contact, e.Terms);
    }

    /// <summary>Each tenant's routing knows its own callers only, and asks as soon as the agent is free: here it is seen who of all waits longest.</summary>
    private static void Weigh(AgentTurn turn, Reserve e)
    {
        var wanted = new Wanted(e.Contact, e.Terms, e.Since, turn.Now + AgentLimits.Hearing);
        if (turn.Agent.Wanted is { } other)
        {
            if (other.Contact == e.Contact) return;
            wanted = wanted with { Until = other.Until };
            var older = other.Since <= wanted.Since ? other : wanted;
            turn.Do(new RefuseReserve((older == other ? wanted : other).Contact));
            wanted = older;
        }
        turn.Mark(new AgentWanted(turn.Now, wanted));
    }

    /// <summary>All who wanted the agent have spoken. Should it be free no more, <see cref="Settle"/> says so.</summary>
    private static void Decide(AgentTurn turn)
    {
        if (turn.Agent is not { Wanted: { } wanted, IsFree: true } || turn.Now < wanted.Until || turn.Settings?.Serves(wanted.Contact.Tenant) != true) return;
        turn.Mark(new AgentWanted(turn.Now, null));
        Offer(turn, wanted.Contact, wanted.Terms);
    }

    /// <summary>Whoever wanted an agent that is not to be had any more hears it.</summary>
    private static void Decline(AgentTurn turn)
    {
        if (turn.Agent.Wanted is not { } wanted || (turn.Agent.IsFree && turn.Settings?.Serves(wanted.Contact.Tenant) == true)) return;
        turn.Mark(new AgentWanted(turn.Now, null));
        turn.Do(new RefuseReserve(wanted.Contact));
    }

    private static void Offer(AgentTurn turn, Contact contact, OfferTerms terms)
    {
        Follow(turn);
        var epoch = turn.Agent.Epoch + 1;
        var kind = turn.Agent.Kind;
        turn.Fact(new OfferMade(turn.At, contact, epoch, turn.Now + terms.RingTime + AgentLimits.Beyond(kind), terms, kind));
        turn.Do(new OfferToCall(contact, epoch, terms.RingTime, turn.Agent.Station!, terms, kind));
        turn.TellStatus();
    }

    private static void MakeDirectOffer(AgentTurn turn, ReserveDirect e)
    {
        var agent = turn.Agent;
        if (agent.Work is AgentWork.Offered or AgentWork.Talking && agent.Contact == e.Contact) return; // said twice: the offer is on its way, or was taken
        if (turn.Settings?.Serves(e.Contact.Tenant) != true || agent.Presence == Presence.SignedOut || agent.Work is not (AgentWork.Idle or AgentWork.AfterCall) || agent.Away || agent.Station is null) turn.Do(new TellAgentRefused(e.Contact));
        else Offer(turn, e.Contact, e.Terms);
    }

    private static void TakeUp(AgentTurn turn, Contact contact, long epoch, LegId leg)
    {
        if (!turn.Agent.Holds(contact, epoch))
        {
            turn.Do(new TellOfferGone(contact, epoch));
            return;
        }
        if (turn.Agent.Work == AgentWork.Offered)
        {
            if (turn.Now >= turn.Agent.Until)
            {
                Expire(turn); // the lease ran out first: that is normal, but a phone has answered
                return;
            }
            turn.Fact(new OfferTaken(turn.At, contact, epoch));
            turn.Mark(new LeaseRenewed(turn.Now));
            turn.TellStatus();
            turn.Await(); // the call bridges on this word
        }
        turn.Do(new TellOfferTaken(contact, epoch, leg));
    }

    private static void CloseLease(AgentTurn turn, Close e)
    {
        if (!turn.Agent.Holds(e.Contact, e.Epoch)) return;
        turn.Fact(new OfferClosed(turn.At, e.Contact, e.Epoch, e.Why, turn.Now + Delay(turn.Settings, e.Why)));
        if (turn.Settings is { } settings && e.Why == OfferEnd.NoAnswer && turn.Agent.Misses >= settings.MaxMisses)
            turn.Fact(new AgentNotResponding(turn.At, turn.Agent.Misses));
        turn.TellStatus();
    }

    /// <summary>What rings at the agent goes back to its place at once.</summary>
    private static void TakeBack(AgentTurn turn, Contact contact, long epoch, OfferEnd why)
    {
        turn.Fact(new OfferClosed(turn.At, contact, epoch, why, turn.Now + Delay(turn.Settings, why)));
        turn.Do(new TellOfferGone(contact, epoch));
    }

    private static TimeSpan Delay(AgentSettings? settings, OfferEnd why)
    {
        var delays = settings?.RetryDelays ?? RetryDelays.Default;
        return TimeSpan.FromSeconds(why switch
        {
            OfferEnd.Rejected => delays.Reject,
            OfferEnd.Busy => delays.Busy,
            OfferEnd.NoAnswer => delays.NoAnswer,
            OfferEnd.Unreachable => delays.Unreachable,
            OfferEnd.PlatformFault => delays.Unreachable, // not the agent's doing either, but the next try at once would fail at once
            _ => 0, // withdrawn or expired: not the agent's doing
        });
    }

    private static void ReleaseLease(AgentTurn turn, Release e)
    {
        if (!turn.Agent.Holds(e.Contact, e.Epoch)) return;
        if (turn.Agent.Work == AgentWork.Offered) turn.Fact(new OfferClosed(turn.At, e.Contact, e.Epoch, OfferEnd.Withdrawn, turn.Now));
        else turn.Fact(new AgentReleased(turn.At, e.Contact, e.Epoch, AfterCall(turn, TimeSpan.Zero), Lapsed: false));
        turn.TellStatus();
    }

    /// <summary>End of the after-call work; null = none. Who has signed out meanwhile has none.</summary>
    private static DateTimeOffset? AfterCall(AgentTurn turn, TimeSpan least)
    {
        if (turn.Agent.Presence == Presence.SignedOut) return null;
        var length = TimeSpan.FromSeconds(turn.Settings?.AfterCallSeconds ?? 0);
        if (length < least) length = least;
        return length > TimeSpan.Zero ? turn.Now + length : null;
    }

    private static void RenewLease(AgentTurn turn, Renew e)
    {
        if (!turn.Agent.Holds(e.Contact, e.Epoch)) turn.Do(new TellOfferGone(e.Contact, e.Epoch)); // the call must not believe that it has an agent
        else
        {
            if (turn.Agent.Work == AgentWork.Offered) turn.Fact(new OfferTaken(turn.At, e.Contact, e.Epoch)); // they talk already: that fact was lost in a crash
            turn.Mark(new LeaseRenewed(turn.Now));
        }
    }

    private static void TimeUp(AgentTurn turn)
    {
        BreakTimeUp(turn);
        Decide(turn);
        if (turn.Agent.Until is not { } until || turn.Now < until) return;
        switch (turn.Agent.Work)
        {
            case AgentWork.Offered: Expire(turn); break;
            case AgentWork.Talking: Lapse(turn); break;
            case AgentWork.AfterCall: EndAfterCall(turn); break;
        }
    }

    private static void EndAfterCall(AgentTurn turn)
    {
        turn.Fact(new AfterCallEnded(turn.At));
        turn.TellStatus();
    }

    private static void Expire(AgentTurn turn)
    {
        var (contact, epoch) = (turn.Agent.Contact!.Value, turn.Agent.Epoch);
        turn.Fact(new OfferClosed(turn.At, contact, epoch, OfferEnd.Expired, turn.Now));
        turn.Do(new TellOfferGone(contact, epoch)); // if the call still rings the phone, it stops
        turn.TellStatus();
    }

    private static void Lapse(AgentTurn turn)
    {
        var (contact, epoch) = (turn.Agent.Contact!.Value, turn.Agent.Epoch);
        turn.Fact(new AgentReleased(turn.At, contact, epoch, AfterCall(turn, AgentLimits.LapseRest), Lapsed: true));
        turn.Do(new TellOfferGone(contact, epoch));
        turn.TellStatus();
    }
}
