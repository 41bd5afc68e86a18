using CallCenter.Domain.Breaks;

namespace CallCenter.Domain.Agents;

/// <summary>Breaks and raised hands. A break that must wait is a wish; once allowed it is chosen like any presence, and begins when the agent does nothing for a call any more.</summary>
public static partial class AgentMachine
{
    /// <summary>Why a wish for a break, or a hand, is not possible; null if it is.</summary>
    public static Refusal? CheckHand(AgentState agent, CallId call) =>
        agent.Work == AgentWork.Talking && agent.Contact?.Call == call ? null : new(RefusalCode.Conflict, "You are not in this call");

    /// <summary>Why the agent cannot be the next to go on a break; null if it can.</summary>
    public static Refusal? CheckFirst(AgentState agent) => agent.Wish is null ? new(RefusalCode.Conflict, "This agent does not wait for a break") : null;

    private static void Wish(AgentTurn turn, ChoosePresence e, int place)
    {
        if (e.Break is not { Team: { } team } terms || turn.Agent.Presence is Presence.SignedOut or Presence.Break) return;
        if (turn.Agent.Wish is { } known && known.Reason == e.Reason) return;
        turn.Fact(new BreakRequested(turn.At, e.Reason!, terms, place));
        turn.Do(new TellBreakWanted(team, turn.Agent.Wish!.Since));
    }

    /// <summary>It is the agent's to remember: a team forgets its line when it starts anew.</summary>
    private static void PutFirst(AgentTurn turn)
    {
        if (turn.Agent.Wish is not { Terms.Team: { } team }) return;
        turn.Fact(new BreakPutFirst(turn.At));
        turn.Do(new TellBreakWanted(team, turn.Agent.Wish!.Since, turn.Agent.Wish.First));
    }

    private static void Withdraw(AgentTurn turn)
    {
        if (turn.Agent.Wish is not null) turn.Fact(new BreakWithdrawn(turn.At));
    }

    private static void Allow(AgentTurn turn)
    {
        if (turn.Agent is { Wish: { } wish, Presence: not Presence.SignedOut } && turn.Settings is not null)
        {
            turn.Fact(new PresenceChosen(turn.At, Presence.Break, wish.Reason, wish.Terms));
            turn.TellStatus();
        }
    }

    private static void Place(AgentTurn turn, BreakPlaceIs e)
    {
        if (turn.Agent.Wish is { } wish && wish.Place != e.Place) turn.Fact(new BreakPlaceTold(turn.At, e.Place));
    }

    private static void Raise(AgentTurn turn, RaiseHand e)
    {
        if (CheckHand(turn.Agent, e.Call) is null && turn.Agent.Hand is null) turn.Fact(new HelpAsked(turn.At, turn.Agent.Contact!.Value));
    }

    private static void Lower(AgentTurn turn)
    {
        if (turn.Agent.Hand is { } hand) turn.Fact(new HelpEnded(turn.At, hand.Contact));
    }

    /// <summary>What the agent's own clock brings: an allowance that is used up, and the word to the team that must be said anew.</summary>
    private static void BreakTimeUp(AgentTurn turn)
    {
        if (turn.Agent.Break is { Overrun: false, Until: { } until } running && turn.Now >= until) turn.Fact(new BreakOverrun(turn.At, running.Reason));
        if (turn.Agent.TeamHeld is not { } team || turn.Now < turn.Agent.RenewBreak) return;
        turn.Do(turn.Agent.Wish is { } wish ? new TellBreakWanted(team, wish.Since, wish.First) : new TellBreakHeld(team));
        turn.Mark(new BreakRenewed(turn.Now));
    }

    /// <summary>What follows from the rest, at the end of each turn: who wanted the agent in vain is told, breaks begin and end, hands go down with their call, and the team hears that a place is free.</summary>
    private static void Settle(AgentTurn turn, AgentState before)
    {
        Decline(turn);
        if (turn.Agent.Break is { } over && (turn.Agent.Presence != Presence.Break || turn.Agent.Reason != over.Reason)) turn.Fact(new BreakEnded(turn.At, over.Reason, (long)(turn.At - over.Since).TotalMilliseconds));
        if (turn.Agent is { Presence: Presence.Break, Work: AgentWork.Idle, Break: null, Reason: { } reason })
        {
            turn.Fact(new BreakBegun(turn.At, reason, turn.Agent.Terms));
            if (turn.Agent.Break is { Until: { } until } && until <= turn.At) turn.Fact(new BreakOverrun(turn.At, reason));
        }
        if (turn.Agent.Hand is { } hand && (turn.Agent.Work != AgentWork.Talking || turn.Agent.Contact != hand.Contact)) Lower(turn);
        if (before.TeamHeld is { } team && turn.Agent.TeamHeld != team) turn.Do(new TellBreakOver(team));
        if (turn.Agent.TeamHeld is { } held && held != before.TeamHeld) turn.Mark(new BreakRenewed(turn.Now)); // by the clock: the instant of a fact may lie ahead of one that was put back
    }
}
