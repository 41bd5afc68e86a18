namespace CallCenter.Domain.Calls;

/// <summary>What a call's decisions rest on besides its state. A value that the grain hands in with each event.</summary>
/// <param name="Flow">The call's flow in its version; one plan serves all its calls. <see cref="FlowPlan.Missing"/> if it cannot be read.</param>
/// <param name="Language">The tenant's language (BCP 47), for prompts that say none.</param>
/// <param name="Queue">A queue's settings as known now; null if unknown: then <see cref="DefaultMusic"/> plays and no place is told. Asked only when needed, so a lookup in the grain's memory.</param>
public sealed record CallRules(FlowPlan Flow, string Language, Func<QueueId, QueueSettings?> Queue)
{
    /// <summary>The flow of <see cref="CallState.Trip"/>, or the one that <see cref="SendToFlow"/> names; null if it cannot be read.</summary>
    public FlowPlan? Trip { get; init; }

    /// <summary>What was dialled, or the extension of a <see cref="CallTarget"/>: an agent, a queue, an extension without agent, a number. By default everything is a number.</summary>
    public Func<string, CallTarget> Dialled { get; init; } = static dialled => new(Number: dialled);

    /// <summary>The edge at which a call begins that an agent makes from the desktop: where its phone is registered. Null if it is not.</summary>
    public (EdgeId Edge, long Epoch)? Anchor { get; init; }

    /// <summary>Outbound calls are recorded.</summary>
    public bool RecordsOutbound { get; init; }

    /// <summary>Of outbound calls it is judged by the sound who answers, unless the one who calls says otherwise.</summary>
    public bool ClassifiesAnswers { get; init; }

    /// <summary>What a customer is left with whose agent's line is cut. Known once one is.</summary>
    public AgentLoss WhenAgentIsLost { get; init; }

    /// <summary>Opening hours as known now, by id; null if there are none. A lookup in the grain's memory.</summary>
    public Func<string, HoursSettings?> Hours { get; init; } = static _ => null;

    /// <summary>The sound of the tenant's own prompt of that id; null if it has none: then the shipped one plays. A lookup in the grain's memory.</summary>
    public Func<string, string?> PromptFile { get; init; } = static _ => null;

    /// <summary>What the firm is called, as its agents hear it; empty if it is not known.</summary>
    public string Firm { get; init; } = "";

    /// <summary>The tenant's time zone (IANA), for hours that name none.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>The shipped music on hold.</summary>
    public const string DefaultMusic = "music";

    /// <summary>The shipped tone that tells an agent that somebody else's phone rings.</summary>
    public const string Ringback = "ringback";

    /// <summary>The shipped tone after which a voicemail is recorded.</summary>
    public const string Beep = "beep";

    /// <summary>Asks whoever picks up an outside number to take the call by a key.</summary>
    public const string TakeCall = "take-call";

    /// <summary>What is said before and behind a staff number.</summary>
    public const string StaffNumberBefore = "staff-number-before", StaffNumberAfter = "staff-number-after";

    /// <summary>All that a staff number is put together from; a firm may have sounds of its own for them.</summary>
    public static readonly Items<string> StaffNumberPrompts = [StaffNumberBefore, .. "0123456789".Select(DigitPrompt), StaffNumberAfter];

    /// <summary>The prompt that says a digit.</summary>
    public static string DigitPrompt(char digit) => $"number-{digit}";

    /// <summary>The flow in which the call stands: its own, or the one of a trip.</summary>
    public FlowPlan FlowOf(CallState call) => call.Trip is null ? Flow : Trip ?? FlowPlan.Missing;

    /// <summary>A prompt as the edge shall play it: in the tenant's language if it names none, the tenant's own sound if there is one.</summary>
    public Prompt Spoken(Prompt prompt)
    {
        if (prompt.Language.Length == 0) prompt = prompt with { Language = Language };
        return prompt is { Id: { } id, File: null } && PromptFile(id) is { } file ? prompt with { File = file } : prompt;
    }

    /// <summary>Rules for a flow and queues that are at hand.</summary>
    public static CallRules Of(FlowDefinition flow, string language, params Items<QueueSettings> queues) => new(new FlowPlan(flow), language, id =>
    {
        foreach (var queue in queues) if (queue.Queue == id) return queue;
        return null;
    });
}

/// <summary>A call's time limits.</summary>
public static class CallLimits
{
    /// <summary>No word from the tenant within this time: ask again.</summary>
    public static readonly TimeSpan SlotAnswer = TimeSpan.FromSeconds(2);
    /// <summary>So many times; then the call is admitted: a limit is not worth a lost call.</summary>
    public const int SlotAsks = 3;
    /// <summary>The slot's lease is 30 s; it is renewed at a sign of life once this has passed.</summary>
    public static readonly TimeSpan SlotRenewal = TimeSpan.FromSeconds(10);
    /// <summary>A play whose end is never told is taken as heard: longer than the longest prompt.</summary>
    public static readonly TimeSpan LongestPlay = TimeSpan.FromMilliseconds(PromptSettings.LongestMs) + TimeSpan.FromMinutes(1);
    /// <summary>What is shorter is no voicemail.</summary>
    public static readonly TimeSpan ShortestVoicemail = TimeSpan.FromSeconds(1);
    /// <summary>The agent's talk lease is <see cref="AgentLimits.TalkLease"/>; it is renewed this often.</summary>
    public static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(10);
    /// <summary>A sign of life renews leases that were renewed longer ago than this.</summary>
    public static readonly TimeSpan RenewalByLife = TimeSpan.FromSeconds(5);
    /// <summary>Routing keeps the place of a call on offer this much longer than the station may ring.</summary>
    public static readonly TimeSpan HoldSlack = TimeSpan.FromSeconds(3);
    /// <summary>No word from an agent that is wanted in person, or about a number: ask again.</summary>
    public static readonly TimeSpan ReachAgain = TimeSpan.FromSeconds(1);
    /// <summary>Until there is none for this long.</summary>
    public static readonly TimeSpan ReachSilence = TimeSpan.FromSeconds(10);
    /// <summary>How long a station rings that is wanted in person.</summary>
    public static readonly TimeSpan StationRings = TimeSpan.FromSeconds(25);
    /// <summary>How long a number rings.</summary>
    public static readonly TimeSpan NumberRings = TimeSpan.FromSeconds(60);
    /// <summary>What plays before a talk is cut short then: the customer has waited enough, and its end may never be told.</summary>
    public static readonly TimeSpan LongestIntro = TimeSpan.FromSeconds(20);
    /// <summary>The edge ends the ringing by itself; after this much more the call does.</summary>
    public static readonly TimeSpan RingSlack = TimeSpan.FromSeconds(2);
}
