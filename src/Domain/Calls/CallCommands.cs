using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>Who asks something of a call.</summary>
/// <param name="Agent">The agent; null if a supervisor or a program without an agent's part asks.</param>
/// <param name="Leads">May act on other agents' conversations.</param>
[GenerateSerializer, Immutable, Alias("Asker")]
public readonly record struct Asker([property: Id(0)] AgentId? Agent, [property: Id(1)] bool Leads);

/// <summary>Where a conversation can be taken. Exactly one member is given.</summary>
/// <param name="Number">As dialled; personal, so it goes into no fact.</param>
[GenerateSerializer, Immutable, Alias("CallTarget")]
public sealed record CallTarget([property: Id(0)] AgentId? Agent = null, [property: Id(1)] QueueId? Queue = null, [property: Id(2)] string? Extension = null, [property: Id(3)] string? Number = null);

/// <summary>How a listener takes part.</summary>
[JsonConverter(typeof(EnumText<ListenMode>))]
public enum ListenMode
{
    /// <summary>Hears all, is heard by nobody.</summary>
    Monitor,
    /// <summary>Is heard by the agent alone.</summary>
    Whisper,
    /// <summary>Is heard by all.</summary>
    Barge,
}

/// <summary>
/// What people ask of a call: the machine says at once whether it can be done (<c>CallMachine.Check</c>), and then takes it in as an event.
/// What holds already is done without a fact, so that a repeated command is harmless.
/// </summary>
[GenerateSerializer, Immutable, Alias("CallCommand")]
public abstract record CallCommand : CallEvent
{
    public abstract Asker By { get; init; }
    /// <summary>Whose part in the conversation is meant; null = the asker's own.</summary>
    public abstract AgentId? For { get; init; }
}

/// <summary>The customer hears music; the agent hears nobody.</summary>
[GenerateSerializer, Immutable, Alias("Hold")]
public sealed record Hold([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

[GenerateSerializer, Immutable, Alias("Retrieve")]
public sealed record Retrieve([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

[GenerateSerializer, Immutable, Alias("Mute")]
public sealed record Mute([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] bool On) : CallCommand;

/// <summary>What an agent says to an offer at a station that cannot say so by itself: a browser.</summary>
[GenerateSerializer, Immutable, Alias("OfferCommand")]
public abstract record OfferCommand : CallCommand
{
    public abstract long Epoch { get; init; }
}

/// <summary>The offer stands on the agent's screen: it rings from now on.</summary>
[GenerateSerializer, Immutable, Alias("ShowOffer")]
public sealed record ShowOffer([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] long Epoch) : OfferCommand;

[GenerateSerializer, Immutable, Alias("AnswerOffer")]
public sealed record AnswerOffer([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] long Epoch) : OfferCommand;

[GenerateSerializer, Immutable, Alias("RejectOffer")]
public sealed record RejectOffer([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] long Epoch) : OfferCommand;

/// <summary>Blind transfer: the agent leaves at once.</summary>
[GenerateSerializer, Immutable, Alias("Transfer")]
public sealed record Transfer([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] CallTarget To) : CallCommand;

/// <summary>The customer is held while the agent talks to somebody else.</summary>
[GenerateSerializer, Immutable, Alias("Consult")]
public sealed record Consult([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] CallTarget To) : CallCommand;

/// <summary>The agent leaves; customer and consulted party talk (or ring on).</summary>
[GenerateSerializer, Immutable, Alias("CompleteTransfer")]
public sealed record CompleteTransfer([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>The consulted party goes; the customer is retrieved.</summary>
[GenerateSerializer, Immutable, Alias("CancelConsult")]
public sealed record CancelConsult([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>The agent talks to the other of customer and consulted party; who was talked to is held.</summary>
[GenerateSerializer, Immutable, Alias("Swap")]
public sealed record Swap([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>Customer, agent and consulted party all talk together.</summary>
[GenerateSerializer, Immutable, Alias("Conference")]
public sealed record Conference([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>Ends one leg of a conference, or a consulted party's.</summary>
[GenerateSerializer, Immutable, Alias("DropLeg")]
public sealed record DropLeg([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] LegId Leg) : CallCommand;

/// <summary>The agent's part is over: the same as hanging up the phone.</summary>
[GenerateSerializer, Immutable, Alias("LeaveCall")]
public sealed record LeaveCall([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>Keys for whom the agent talks to. Never stored.</summary>
[GenerateSerializer, Immutable, Alias("PressKeys")]
public sealed record PressKeys([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] string Keys) : CallCommand;

[GenerateSerializer, Immutable, Alias("PauseRecording")]
public sealed record PauseRecording([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

[GenerateSerializer, Immutable, Alias("ResumeRecording")]
public sealed record ResumeRecording([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>A supervisor or trainee joins as a listener at the phone of an agent, or changes the mode there.</summary>
/// <param name="For">The agent who listens; null = the asker's own.</param>
/// <param name="With">The agent listened to; he alone hears a whisper.</param>
/// <param name="MaySpeak">False for a trainee: <see cref="ListenMode.Monitor"/> is the only mode.</param>
[GenerateSerializer, Immutable, Alias("Listen")]
public sealed record Listen([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] AgentId With, [property: Id(4)] ListenMode Mode, [property: Id(5)] bool MaySpeak) : CallCommand;

/// <summary>接管: the listener becomes the agent of the conversation, and the one listened to leaves.</summary>
/// <param name="MaySpeak">False for a trainee, who takes nothing over.</param>
[GenerateSerializer, Immutable, Alias("TakeOver")]
public sealed record TakeOver([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] bool MaySpeak = true) : CallCommand;

/// <summary>The customer goes through a flow (a PIN, a payment) and comes back to the agent, who is kept and hears nothing of it.</summary>
[GenerateSerializer, Immutable, Alias("SendToFlow")]
public sealed record SendToFlow([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] FlowVersion Flow) : CallCommand;

/// <summary>The agent takes the customer back before the flow's end.</summary>
[GenerateSerializer, Immutable, Alias("TakeBack")]
public sealed record TakeBack([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For) : CallCommand;

/// <summary>An agent calls a number or an extension from the desktop: its own phone is rung first.</summary>
/// <param name="ClassifiesAnswer">Whether a number's answer is judged to be a person's or a machine's; null = as the tenant has set.</param>
[GenerateSerializer, Immutable, Alias("DialOut")]
public sealed record DialOut([property: Id(0)] DateTimeOffset At, [property: Id(1)] Asker By, [property: Id(2)] AgentId? For, [property: Id(3)] CallTarget To, [property: Id(4)] string? Shown, [property: Id(5)] bool? ClassifiesAnswer = null) : CallCommand;
