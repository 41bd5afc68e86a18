using System.Globalization;

namespace CallCenter.Domain.Calls;

/// <summary>Nodes of a flow that ask, record, collect or hand on.</summary>
public static partial class CallMachine
{
    /// <summary>Hours that are gone count as open: a queue with nobody in it can be told, a caller turned away cannot.</summary>
    private static string AskHours(CallTurn turn, HoursNode node)
    {
        var hours = turn.Rules.Hours(node.Hours);
        var state = hours is null ? OpenState.Open : OpeningHours.At(hours, turn.Rules.TimeZone, turn.Now);
        turn.Fact(new HoursAsked(turn.At, node.Id, node.Hours, hours?.Version ?? 0, state));
        return state switch
        {
            OpenState.Open => node.Open,
            OpenState.Holiday when node.Holiday is { } holiday => holiday,
            _ => node.Closed,
        };
    }

    // Voicemail.

    private static void GreetVoicemail(CallTurn turn, VoicemailNode node) =>
        Play(turn, node.Prompts.Add(Prompt.Of(CallRules.Beep, turn.Rules.Language)), interruptible: false);

    private static void StartVoicemail(CallTurn turn, VoicemailNode node)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"vm{turn.Call.VoicemailCount + 1}");
        turn.Fact(new VoicemailStarted(turn.At, node.Id, node.Box, name, VoicemailTrack, turn.Call.Customer));
        turn.Do(new StartTrack(name, VoicemailTrack, turn.Call.Customer, Channel.Left, turn.At, node.SilenceSeconds));
    }

    /// <summary>A voicemail is a recording of one track.</summary>
    public const string VoicemailTrack = "caller-1";

    /// <summary>Whatever ends it: a key, the time, silence, the hang-up.</summary>
    /// <param name="quietSince">When the caller stopped speaking; null = it is not known that he did.</param>
    private static void EndVoicemail(CallTurn turn, DateTimeOffset? quietSince = null)
    {
        if (turn.Call.Voicemail is not { } mail) return;
        var isLeft = (quietSince ?? turn.At) - mail.Since >= CallLimits.ShortestVoicemail;
        turn.Do(new StopTrack(mail.Recording, VoicemailTrack, turn.At, Discard: !isLeft));
        var ms = (long)(turn.At - mail.Since).TotalMilliseconds;
        turn.Fact(isLeft ? new VoicemailLeft(turn.At, mail.Box, mail.Recording, ms) : new VoicemailDropped(turn.At, mail.Recording, ms));
    }

    private static void VoicemailOver(CallTurn turn, VoicemailNode node, DateTimeOffset? quietSince = null)
    {
        EndVoicemail(turn, quietSince);
        Enter(turn, node.Next);
    }

    /// <summary>Only what was told of this message counts: an earlier one of the same flow may have fallen quiet too.</summary>
    private static void Quiet(CallTurn turn, FellQuiet e)
    {
        if (turn.Call is { Phase: CallPhase.InFlow, Voicemail: { } mail } call && e.Leg == call.Customer && e.At > mail.Since && turn.Flow.Node(call.Node) is VoicemailNode node) VoicemailOver(turn, node, e.Since);
    }

    // Transfer.

    /// <summary>A queue is entered as by its own node; anybody else is reached in person while the caller hears ringback.</summary>
    private static void TransferTo(CallTurn turn, TransferNode node)
    {
        if (Checks.Whom(node.To, turn.Rules) is not { } to) NotTransferred(turn); // a queue that is gone
        else if (to.Queue is { } queue) IntoQueue(turn, new(node.Id, queue, QueuePriority));
        else if (to.Agent is { } agent && (turn.Call.PartyOf(agent) is not null || turn.Call.ReachOf(agent) is not null)) NotTransferred(turn); // it is in the call
        else
        {
            Play(turn, [], interruptible: false, Prompt.Of(CallRules.Ringback, turn.Rules.Language));
            Reaching.Start(turn, ReachFor.Flow, to, shown: node.Shown);
        }
    }

    /// <summary>The priority of a caller whom no node gives another.</summary>
    private const int QueuePriority = 5;

    /// <summary>Nobody took the caller: the flow goes on.</summary>
    internal static void NotTransferred(CallTurn turn)
    {
        if (turn.Call.Phase != CallPhase.InFlow) return;
        if (turn.Flow.Node(turn.Call.Node) is TransferNode { Failed.Length: > 0 } node) Enter(turn, node.Failed);
        else FlowBroke(turn);
    }

    /// <summary>The number that a step of the flow wants to be called: it stands in the flow, not in an event.</summary>
    /// <param name="before">The state before the step.</param>
    public static string? NumberOfFlow(CallState before, Step step, CallRules rules)
    {
        foreach (var fact in step.Facts)
            if (fact is ReachStarted { For: ReachFor.Flow, Agent: null, Extension: null })
            {
                var after = before.After(step);
                return (rules.FlowOf(after).Node(after.Node) as TransferNode)?.To.Number;
            }
        return null;
    }

    /// <summary>The customer is taken out of the node at which the flow stands.</summary>
    internal static void LeaveNode(CallTurn turn)
    {
        EndVoicemail(turn);
        if (turn.Call.ReachFor(ReachFor.Flow) is { } reach) Reaching.Drop(turn, reach, ReachEnd.Withdrawn);
    }

    // Collect.

    private static void AskDigits(CallTurn turn, CollectNode node)
    {
        if (node.Prompts.IsEmpty) turn.Fact(new PromptEnded(turn.At, turn.Call.Customer, turn.Call.Play));
        else Play(turn, node.Prompts, interruptible: true);
    }

    private static void Collect(CallTurn turn, CollectNode node, char digit)
    {
        if (turn.Call.PlayedAt is null) turn.Fact(new PromptEnded(turn.At, turn.Call.Customer, turn.Call.Play)); // cut short by the key
        var had = turn.Call.Digits.Value ?? "";
        if (digit == node.EndKey) CollectOver(turn, node, had);
        else if (had.Length + 1 >= node.Max) CollectOver(turn, node, had + digit);
        else turn.Mark(new DigitTaken(turn.Now, new(digit.ToString())));
    }

    private static void CollectOver(CallTurn turn, CollectNode node, string digits)
    {
        if (digits.Length < node.Min)
        {
            Enter(turn, node.Failed);
            return;
        }
        turn.Fact(new DigitsCollected(turn.At, node.Id, digits.Length, node.Masked));
        if (!node.Masked) turn.Mark(new DigitsKept(turn.Now, node.Id, new(digits)));
        Enter(turn, node.Next);
    }
}
