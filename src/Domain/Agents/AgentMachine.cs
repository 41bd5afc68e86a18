namespace CallCenter.Domain.Agents;

/// <summary>
/// The machine of an agent: <c>(state, event, settings) → step</c>, pure. Presence (what the person chose) and work (what it does
/// for a call) are two axes: a choice during an offer or a talk applies for afterwards.
/// </summary>
public static partial class AgentMachine
{
    /// <param name="settings">The agent's settings as known now; null if there is no such agent (any more), or nobody may sign in as it: then nothing is offered.</param>
    public static Step Next(AgentState agent, AgentEvent happened, AgentSettings? settings)
    {
        var turn = new AgentTurn(agent, happened.At, settings);
        switch (happened)
        {
            case StationUp e: Up(turn, e); break;
            case StationDown e: Down(turn, e); break;
            case StationSilent e: Silent(turn, e); break;
            case ChoosePresence e: Choose(turn, e); break;
            case Reserve e: MakeOffer(turn, e); break;
            case ReserveDirect e: MakeDirectOffer(turn, e); break;
            case Take e: TakeUp(turn, e.Contact, e.Epoch, e.Leg); break;
            case Close e: CloseLease(turn, e); break;
            case Release e: ReleaseLease(turn, e); break;
            case Renew e: RenewLease(turn, e); break;
            case AfterCallDone e when agent.Work == AgentWork.AfterCall && agent.Contact?.Call == e.Call: EndAfterCall(turn); break;
            case ProfileChanged when settings is null: Dismiss(turn); break;
            case Asked or ProfileChanged:
                Follow(turn);
                turn.TellStatus();
                break;
            case BreakAllowed: Allow(turn); break;
            case BreakPlaceIs e: Place(turn, e); break;
            case GoFirst: PutFirst(turn); break;
            case RaiseHand e: Raise(turn, e); break;
            case LowerHand: Lower(turn); break;
            case AgentTimeUp: TimeUp(turn); break;
        }
        Settle(turn, agent);
        return turn.Done();
    }

    /// <summary>Why a choice of presence is not possible; null if it is. Asked by the API before it tells <see cref="ChoosePresence"/>.</summary>
    public static Refusal? Check(Presence presence, string? reason, AgentSettings? settings)
    {
        if (settings is null) return new(RefusalCode.NotFound, "There is no such agent.");
        if (!Enum.IsDefined(presence)) return Refusal.Invalid([new("presence", "must be signedOut, available, notReady or break")]);
        if (presence is Presence.NotReady or Presence.Break && string.IsNullOrWhiteSpace(reason)) return Refusal.Invalid([new("reason", "is required with this presence")]);
        return null;
    }

    private static void Up(AgentTurn turn, StationUp e)
    {
        if (turn.Settings is null) return;
        if (e.Kind != turn.Agent.Kind && e.Station == turn.Settings.Extension) turn.Fact(new StationTurned(turn.At, e.Station, e.Kind));
        if (turn.Agent.Presence != Presence.SignedOut)
        {
            if (turn.Agent.Station != e.Station && turn.Settings.AutoSignIn) turn.Fact(new AgentSignedIn(turn.At, e.Station));
            else if (turn.Agent.Away && turn.Agent.Station == e.Station) turn.Fact(new StationReturned(turn.At));
            turn.TellStatus(); // said anew with each registration: a word that got lost is made good
        }
        else if (turn.Settings.AutoSignIn && e.Kind != StationKind.Number) // a number is always there: that says nothing of who has it
        {
            turn.Fact(new AgentSignedIn(turn.At, e.Station));
            turn.Fact(new PresenceChosen(turn.At, Presence.Available, null));
            turn.TellStatus();
        }
    }

    /// <summary>
    /// Who was given another extension is at that from now on: the old one may be somebody else's. Where it signs in by its phone, that phone's word does it; what
    /// rings or talks stays where it is.
    /// </summary>
    private static void Follow(AgentTurn turn)
    {
        if (turn is { Settings: { AutoSignIn: false } settings, Agent: { Presence: not Presence.SignedOut, Work: AgentWork.Idle or AgentWork.AfterCall } agent } && agent.Station != settings.Extension)
            turn.Fact(new AgentSignedIn(turn.At, settings.Extension));
    }

    private static void Down(AgentTurn turn, StationDown e)
    {
        // Who signs in by hand stays signed in without a phone: the next offer finds it unreachable.
        if (turn.Settings is not { AutoSignIn: true } || turn.Agent.Presence == Presence.SignedOut || turn.Agent.Station != e.Station) return;
        turn.Fact(new AgentSignedOut(turn.At));
        turn.TellStatus();
    }

    private static void Silent(AgentTurn turn, StationSilent e)
    {
        if (turn.Agent.Presence == Presence.SignedOut || turn.Agent.Away || turn.Agent.Station != e.Station) return;
        turn.Fact(new StationFellSilent(turn.At));
        if (turn.Agent is { Work: AgentWork.Offered, Contact: { } contact } agent) TakeBack(turn, contact, agent.Epoch, OfferEnd.Unreachable);
        turn.TellStatus();
    }

    private static void Choose(AgentTurn turn, ChoosePresence e)
    {
        if (Check(e.Presence, e.Reason, turn.Settings) is not null) return;
        if (e is { Presence: Presence.Break, Place: { } place })
        {
            Wish(turn, e, place);
            return;
        }
        Withdraw(turn);
        var agent = turn.Agent;
        if (e.Presence == Presence.SignedOut)
        {
            if (agent.Presence == Presence.SignedOut) return;
            turn.Fact(new AgentSignedOut(turn.At));
        }
        else
        {
            var reason = e.Presence == Presence.Available ? null : e.Reason;
            if (agent.Presence == e.Presence && agent.Reason == reason && !agent.NotResponding) return;
            if (agent.Presence == Presence.SignedOut) turn.Fact(new AgentSignedIn(turn.At, turn.Settings!.Extension));
            turn.Fact(new PresenceChosen(turn.At, e.Presence, reason, e.Presence == Presence.Break ? e.Break : null));
        }
        turn.TellStatus();
    }

    /// <summary>The agent is no more, or nobody may be it: what rings goes back to its place at once. Who talks ends the talk.</summary>
    private static void Dismiss(AgentTurn turn)
    {
        if (turn.Agent is { Work: AgentWork.Offered, Contact: { } contact } agent) TakeBack(turn, contact, agent.Epoch, OfferEnd.Withdrawn);
        if (turn.Agent.Presence != Presence.SignedOut) turn.Fact(new AgentSignedOut(turn.At));
        turn.TellStatus();
    }
}
