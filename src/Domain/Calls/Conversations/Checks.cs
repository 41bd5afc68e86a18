namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Whether a command can be done, as things are. The machine asks the same before it does it: what was possible when asked may no longer be.</summary>
internal static class Checks
{
    /// <summary>Longest row of keys that is sent at once.</summary>
    private const int MostKeys = 64;

    public static Refusal? Check(CallState call, CallCommand command, CallRules rules)
    {
        if (command is DialOut dial) return OfDialOut(call, dial, rules);
        if (call.Phase is CallPhase.Empty) return new(RefusalCode.NotFound, "There is no such call.");
        if (call.Phase is CallPhase.Ended) return Conflict("The call is over.");
        if (command.For is { } other && other != command.By.Agent && !command.By.Leads) return new(RefusalCode.Forbidden, "That is another agent's conversation.");
        if (command is OfferCommand answer) return OfOffer(call, answer);
        if (command is Listen listen) return OfListen(call, listen);
        if (Actor(call, command) is not { } party) return Conflict("The agent is not in this call.");
        if (command is TakeOver over) return OfTakeOver(call, over, party);
        if (command is LeaveCall) return null;
        if (party.Listens) return Conflict("A listener can only change the mode, take over or leave.");
        if (command is PauseRecording or ResumeRecording) return null;
        if (call.Phase != CallPhase.Talking) return command is TakeBack && call.Trip is not null ? null : Conflict("The customer is not in the conversation now.");
        if (party.Leg == call.Customer && command is not (Mute or PressKeys)) return Conflict("Only the agent who called can do this.");
        return OfTalker(call, command, party, rules);
    }

    /// <summary>Whose part is meant: who is named, who asks, or the only agent there is.</summary>
    public static Party? Actor(CallState call, CallCommand command)
    {
        if ((command.For ?? command.By.Agent) is { } agent) return call.PartyOf(agent);
        Party? only = null;
        foreach (var party in call.Parties)
        {
            if (party.Agent is null || party.Listens) continue;
            if (only is not null) return null;
            only = party;
        }
        return command.By.Leads ? only : null;
    }

    /// <summary>Said twice is said once; whoever comes too late hears so.</summary>
    private static Refusal? OfOffer(CallState call, OfferCommand c)
    {
        if ((c.For ?? c.By.Agent) is not { } agent) return Invalid("for", "must name the agent who is offered the call");
        var taken = call.Party(agent, c.Epoch) is not null || call.Offer(agent, c.Epoch) is { Answered: true };
        return call.Offer(agent, c.Epoch) is null && !taken || taken && c is RejectOffer ? Conflict("That offer is over.") : null;
    }

    private static Refusal? OfTalker(CallState call, CallCommand command, Party party, CallRules rules) => command switch
    {
        Hold => party.Side == Side.Aside ? Conflict("The customer waits already, while the agent talks to somebody else.") : null,
        Retrieve => party.Side == Side.Aside ? Conflict("The agent talks to somebody else: swap, or cancel that first.") : null,
        Transfer c => OfTransfer(call, c, party, rules),
        Consult c => OfConsult(call, c, party, rules),
        CompleteTransfer => AsksSomebody(call, party),
        CancelConsult => call.Consult is null ? null : AsksSomebody(call, party),
        Swap => AsksSomebody(call, party) ?? (call.Consult!.Target is null ? Conflict("The consulted party has not answered yet.") : null),
        Conference => call.Consult is null && Others(call, party) > 0 ? null : AsksSomebody(call, party) ?? (call.Consult!.Target is null ? Conflict("The consulted party has not answered yet.") : null),
        DropLeg c => OfDrop(call, c),
        PressKeys c => OfKeys(c),
        SendToFlow => OfTrip(call, party, rules),
        _ => null,
    };

    private static Refusal? AsksSomebody(CallState call, Party party) => call.Consult is { } consult && consult.By == party.Leg ? null : Conflict("The agent consults nobody.");

    private static Refusal? OfTransfer(CallState call, Transfer c, Party party, CallRules rules)
    {
        if (Whom(c.To, rules) is not { } to) return Invalid("to", "must name an agent, a queue, an extension or a number");
        if (call.Consult is not null) return Conflict("Somebody is being consulted: complete or cancel that first.");
        if (call.ReachFor(ReachFor.Transfer) is not null) return Conflict("A transfer is under way.");
        if (to.Queue is not null && Others(call, party) > 0) return Conflict("Others are in the conversation.");
        return OfTarget(call, to);
    }

    private static Refusal? OfConsult(CallState call, Consult c, Party party, CallRules rules)
    {
        if (Whom(c.To, rules) is not { Queue: null } to) return Invalid("to", "must name an agent, an extension or a number");
        if (call.Consult is { } consult) return consult.By == party.Leg && IsReached(call.ReachFor(ReachFor.Consult), to) ? null : Conflict("Somebody is being consulted: complete or cancel that first.");
        return call.ReachFor(ReachFor.Transfer) is not null ? Conflict("A transfer is under way.") : OfTarget(call, to);
    }

    /// <summary>The same order said twice. Of two numbers it cannot be told: no number stands in a call.</summary>
    private static bool IsReached(Reach? reach, CallTarget to) => reach is { IsNumber: false } && reach.Agent == to.Agent && reach.Extension == to.Extension;

    private static Refusal? OfTarget(CallState call, CallTarget to) =>
        to.Agent is { } agent && (call.PartyOf(agent) is not null || call.ReachOf(agent) is not null) ? Conflict("That agent is in the call.") : null;

    /// <summary>A target as it can be reached; null if it names none, or more than one.</summary>
    public static CallTarget? Whom(CallTarget to, CallRules rules)
    {
        var named = (to.Agent is null ? 0 : 1) + (to.Queue is null ? 0 : 1) + (string.IsNullOrEmpty(to.Extension) ? 0 : 1) + (string.IsNullOrEmpty(to.Number) ? 0 : 1);
        if (named != 1) return null;
        if (to.Queue is { } queue) return rules.Queue(queue) is null ? null : to;
        if (to.Extension is not { Length: > 0 } extension) return to;
        return rules.Dialled(extension) is { Number: null } known ? known : to;
    }

    private static Refusal? OfDrop(CallState call, DropLeg c)
    {
        if (c.Leg == call.Customer) return Conflict("That is the customer.");
        if (call.ReachAt(c.Leg) is { } reach) return reach.For != ReachFor.Listen || c.By.Leads ? null : new(RefusalCode.Forbidden, "That is somebody who is to listen.");
        if (call.PartyAt(c.Leg) is not { } party) return call.Leg(c.Leg) is null ? new(RefusalCode.NotFound, "There is no such leg.") : null;
        return party.Agent is null || c.By.Leads || call.Consult?.Target == c.Leg ? null : new(RefusalCode.Forbidden, "That is another agent.");
    }

    private static Refusal? OfKeys(PressKeys c) =>
        c.Keys is { Length: > 0 and <= MostKeys } && c.Keys.AsSpan().IndexOfAnyExcept("0123456789*#ABCD") < 0 ? null : Invalid("keys", "must be 1–64 of 0–9, *, #, A–D");

    private static Refusal? OfTrip(CallState call, Party party, CallRules rules)
    {
        if (rules.Trip is not { } flow || flow.Node(flow.Start) is null) return new(RefusalCode.NotFound, "There is no such flow.");
        if (call.Consult is not null || !call.Reaches.Without(r => r.For == ReachFor.Listen).IsEmpty) return Conflict("Somebody is being called.");
        return Others(call, party) > 0 ? Conflict("Others are in the conversation.") : null;
    }

    private static Refusal OnlyListens => new(RefusalCode.Forbidden, "A trainee only listens.");

    private static Refusal? OfListen(CallState call, Listen c)
    {
        if ((c.For ?? c.By.Agent) is not { } agent) return Invalid("for", "must name the agent who listens");
        if (!Enum.IsDefined(c.Mode)) return Invalid("mode", "must be monitor, whisper or barge");
        if (!c.MaySpeak && c.Mode != ListenMode.Monitor) return OnlyListens;
        if (call.PartyOf(agent) is { } party) return party.Listens ? null : Conflict("The agent talks in this call.");
        if (call.ReachOf(agent) is { } reach) return reach.For == ReachFor.Listen ? null : Conflict("The agent is being called for this call.");
        return call.Phase == CallPhase.Talking && call.PartyOf(c.With) is { Listens: false } ? null : Conflict("The agent to listen to is not in conversation.");
    }

    private static Refusal? OfTakeOver(CallState call, TakeOver c, Party party)
    {
        if (!party.Listens) return null; // done before
        if (!c.MaySpeak) return OnlyListens;
        if (call.Phase != CallPhase.Talking) return Conflict("The customer is not in the conversation now.");
        return Overtaken(call, party) is null ? Conflict("There is no agent to take over from.") : null;
    }

    /// <summary>From whom a listener takes over: the agent listened to, else whichever talks.</summary>
    public static Party? Overtaken(CallState call, Party listener)
    {
        Party? found = null;
        foreach (var party in call.Parties)
        {
            if (party.Listens || party.Agent is not { } agent || party.Leg == call.Customer || call.Consult?.Target == party.Leg) continue;
            if (agent == listener.With) return party;
            found ??= party;
        }
        return found;
    }

    private static Refusal? OfDialOut(CallState call, DialOut c, CallRules rules)
    {
        if (call.Phase != CallPhase.Empty) return null; // said twice
        if ((c.For ?? c.By.Agent) is not { } agent) return Invalid("for", "must name the agent who calls");
        if (c.For is { } other && other != c.By.Agent && !c.By.Leads) return new(RefusalCode.Forbidden, "That is another agent's phone.");
        if (Whom(c.To, rules) is not { Queue: null } to || to.Agent == agent) return Invalid("to", "must name another agent, an extension or a number");
        return rules.Anchor is null ? new(RefusalCode.NotSignedIn, "The agent's phone is not registered.") : null;
    }

    /// <summary>How many talk besides the customer and this party.</summary>
    public static int Others(CallState call, Party but)
    {
        var count = 0;
        foreach (var party in call.Parties) if (!party.Listens && party.Leg != but.Leg && party.Leg != call.Customer) count++;
        return count;
    }

    private static Refusal Conflict(string why) => new(RefusalCode.Conflict, why);

    private static Refusal Invalid(string field, string text) => Refusal.Invalid([new(field, text)]);
}
