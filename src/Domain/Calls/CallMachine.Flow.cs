namespace CallCenter.Domain.Calls;

/// <summary>Arrival, the tenant's limit, and the flow from node to node.</summary>
public static partial class CallMachine
{
    private static void Arrive(CallTurn turn, Arrived e)
    {
        if (turn.Call.Phase != CallPhase.Empty) return;
        turn.Fact(new CallArrived(turn.At, e.Leg, e.Edge, e.EdgeEpoch, e.Trunk, e.Number, e.Flow, HomeArea.Of(e.CallerNumber), HomeArea.Version, e.Limited));
        if (e.Web is { } web) turn.Fact(new CameByWeb(turn.At, e.Leg, web.Origin, web.ConsentVersion));
        if (e.Limited) AskForSlot(turn);
        else Enter(turn, turn.Flow.Start);
    }

    private static void AskForSlot(CallTurn turn)
    {
        turn.Mark(new SlotAsked(turn.Now));
        turn.Do(new ClaimCallSlot());
    }

    private static void Granted(CallTurn turn)
    {
        if (turn.Call.Phase == CallPhase.Claiming) Admit(turn);
        else if (turn.Call is { Phase: CallPhase.Ended, Limited: true }) turn.Do(new GiveBackCallSlot()); // granted after the end
    }

    private static void Admit(CallTurn turn)
    {
        turn.Fact(new CallAdmitted(turn.At));
        Enter(turn, turn.Flow.Start);
    }

    private static void Refused(CallTurn turn)
    {
        if (turn.Call.Phase != CallPhase.Claiming) return; // a running call is not cut for a slot that lapsed
        turn.Do(new RejectLeg(turn.Call.Customer, 486, 17)); // never 503, carriers would shun the whole trunk
        turn.Fact(new CallEnded(turn.At, EndedBy.Platform, EndReason.TenantBusy, Blame.Tenant));
    }

    private static void SlotSilent(CallTurn turn)
    {
        if (turn.Now >= turn.Call.ArrivedAt + CallLimits.SlotAnswer * CallLimits.SlotAsks) Admit(turn);
        else AskForSlot(turn);
    }

    /// <summary>Our 200 went out: to the caller, or to a phone that dialled.</summary>
    private static void WeAnswered(CallTurn turn, Answered e)
    {
        if (turn.Call.Leg(e.Leg) is { Phase: LegPhase.Arriving }) turn.Fact(new LegAnswered(turn.At, e.Leg));
    }

    /// <summary>Goes on from node to node as far as nothing must be waited for.</summary>
    internal static void Enter(CallTurn turn, string id)
    {
        for (var steps = 0; steps <= turn.Flow.Size; steps++)
        {
            if (turn.Flow.Node(id) is not { } node) break;
            Step(turn, node);
            switch (node)
            {
                case AnswerNode n: id = n.Next; continue;
                case PlayNode { Prompts.IsEmpty: true } n: id = n.Next; continue;
                case PlayNode n: Play(turn, n.Prompts, n.Interruptible); return;
                case MenuNode n: AskMenu(turn, n.Prompts); return;
                case QueueNode n: IntoQueue(turn, n); return;
                case HoursNode n: id = AskHours(turn, n); continue;
                case VoicemailNode n: GreetVoicemail(turn, n); return;
                case TransferNode n: TransferTo(turn, n); return;
                case CollectNode n: AskDigits(turn, n); return;
                case HangUpNode: FlowOver(turn, node.Id, EndReason.FlowEnded, Blame.Nobody); return;
            }
            break;
        }
        FlowBroke(turn); // a checked flow does not come here
    }

    private static void IntoQueue(CallTurn turn, QueueNode node)
    {
        if (turn.Call.Trip is not null) Trips.Queued(turn);
        Enqueue(turn, node.Queue, node.Priority);
    }

    private static void FlowBroke(CallTurn turn) => FlowOver(turn, "broken", EndReason.FlowBroken, Blame.Tenant);

    /// <summary>The end of the flow: back to the agent who sent the customer, or the end of the call.</summary>
    private static void FlowOver(CallTurn turn, string outcome, EndReason reason, Blame blame)
    {
        if (turn.Call.Trip is not null) Trips.Return(turn, outcome);
        else End(turn, EndedBy.Platform, reason, blame);
    }

    /// <summary>Enters a node; what a caller must hear needs an answered caller first: early media is not used.</summary>
    private static void Step(CallTurn turn, FlowNode node)
    {
        var answers = node is not (HangUpNode or HoursNode) && !turn.Call.Answering;
        turn.Fact(new NodeEntered(turn.At, node.Id, answers));
        if (!answers) return;
        turn.Do(new AnswerLeg(turn.Call.Customer));
        turn.Await();
    }

    private static void Play(CallTurn turn, Items<Prompt> once, bool interruptible, Prompt? then = null) =>
        turn.Do(new PlayToLeg(turn.Call.Customer, turn.Call.Play, Spoken(turn, once), then, interruptible));

    private static Items<Prompt> Spoken(CallTurn turn, Items<Prompt> prompts)
    {
        foreach (var prompt in prompts)
            if (!ReferenceEquals(turn.Rules.Spoken(prompt), prompt)) return prompts.Change(static _ => true, turn.Rules.Spoken);
        return prompts;
    }

    private static void AskMenu(CallTurn turn, Items<Prompt> prompts)
    {
        if (prompts.IsEmpty) turn.Fact(new PromptEnded(turn.At, turn.Call.Customer, turn.Call.Play)); // nothing to say: the time to press runs now
        else Play(turn, prompts, interruptible: true);
    }

    private static void Played(CallTurn turn, PlayEnded e)
    {
        if (turn.Call.Phase == CallPhase.Talking) Intros.Played(turn, e);
        else if (turn.Call.Phase == CallPhase.InFlow && e.Leg == turn.Call.Customer && e.Play == turn.Call.Play && turn.Call.PlayedAt is null) PlayOver(turn);
    }

    private static void PlayOver(CallTurn turn)
    {
        turn.Fact(new PromptEnded(turn.At, turn.Call.Customer, turn.Call.Play));
        switch (turn.Flow.Node(turn.Call.Node))
        {
            case PlayNode node:
                if (node.Notice is { } version) turn.Fact(new NoticePlayed(turn.At, version, Whole: true));
                Enter(turn, node.Next);
                break;
            case VoicemailNode node: StartVoicemail(turn, node); break;
        } // a menu, digits: the time to press runs now
    }

    private static void Digit(CallTurn turn, DigitPressed e)
    {
        if (turn.Call.OfferAt(e.Leg) is { } offer) OutsideStations.Pressed(turn, offer, e.Digit);
        if (turn.Call.Phase != CallPhase.InFlow || e.Leg != turn.Call.Customer) return;
        switch (turn.Flow.Node(turn.Call.Node))
        {
            case PlayNode { Interruptible: true } node: SkipPlays(turn, node, e.Digit); break;
            case MenuNode menu: Press(turn, menu, e.Digit); break;
            case CollectNode node: Collect(turn, node, e.Digit); break;
            case VoicemailNode node when turn.Call.Voicemail is not null && e.Digit == '#': VoicemailOver(turn, node); break;
        }
    }

    /// <summary>A digit cuts plays short up to the next menu (or digits to give), and counts there; with none ahead it is dropped.</summary>
    private static void SkipPlays(CallTurn turn, PlayNode node, char digit)
    {
        for (var steps = 0; steps <= turn.Flow.Size; steps++)
        {
            if (node.Notice is { } version) turn.Fact(new NoticePlayed(turn.At, version, Whole: false));
            switch (turn.Flow.Node(node.Next))
            {
                case PlayNode { Interruptible: true } next:
                    Step(turn, next);
                    node = next;
                    continue;
                case MenuNode menu:
                    Step(turn, menu);
                    Press(turn, menu, digit);
                    return;
                case CollectNode collect:
                    Step(turn, collect);
                    Collect(turn, collect, digit);
                    return;
                default:
                    Enter(turn, node.Next);
                    return;
            }
        }
        FlowBroke(turn);
    }

    private static void Press(CallTurn turn, MenuNode menu, char digit)
    {
        foreach (var branch in menu.Branches)
        {
            if (branch.Key != digit) continue;
            turn.Fact(new MenuChosen(turn.At, menu.Id, digit.ToString()));
            Enter(turn, branch.Next);
            return;
        }
        Miss(turn, menu, MenuMiss.WrongKey);
    }

    private static void Miss(CallTurn turn, MenuNode menu, MenuMiss why)
    {
        turn.Fact(new MenuMissed(turn.At, menu.Id, why));
        if (turn.Call.Misses >= menu.Attempts) Enter(turn, menu.Otherwise);
        else AskMenu(turn, why == MenuMiss.WrongKey ? menu.WrongKey.AddRange(menu.Prompts) : menu.Prompts);
    }

    private static DateTimeOffset? FlowDeadline(CallState call, CallRules rules) => rules.FlowOf(call).Node(call.Node) switch
    {
        MenuNode menu when call.PlayedAt is { } played => played + TimeSpan.FromSeconds(menu.TimeoutSeconds),
        CollectNode node when call.PlayedAt is { } played => played + TimeSpan.FromSeconds(node.TimeoutSeconds),
        VoicemailNode node when call.Voicemail is { } mail => mail.Since + TimeSpan.FromSeconds(node.MaxSeconds),
        TransferNode when call.ReachFor(ReachFor.Flow) is not null => null, // that has its own
        _ => call.PlaySince + CallLimits.LongestPlay,
    };

    private static void FlowTimeUp(CallTurn turn)
    {
        var call = turn.Call;
        switch (turn.Flow.Node(call.Node))
        {
            case MenuNode menu when call.PlayedAt is not null: Miss(turn, menu, MenuMiss.Nothing); break;
            case CollectNode node when call.PlayedAt is not null: CollectOver(turn, node, call.Digits.Value ?? ""); break;
            case VoicemailNode node when call.Voicemail is not null: VoicemailOver(turn, node); break;
            case PlayNode or MenuNode or CollectNode or VoicemailNode when call.PlayedAt is null: PlayOver(turn); break; // its end was never told
            case TransferNode: NotTransferred(turn); break;
            default: FlowBroke(turn); break; // the flow cannot be read any more
        }
    }
}
