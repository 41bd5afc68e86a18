using System.Text.Json.Serialization;
namespace CallCenter.Domain;

/// <summary>
/// Something that became true and is remembered for good. Facts name people by reference only: numbers, names, digits
/// and free text live in the personal store. A fact only ever gains members; its kind (below) never changes its meaning.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CallArrived), "callArrived")]
[JsonDerivedType(typeof(CameByWeb), "cameByWeb")]
[JsonDerivedType(typeof(CallAdmitted), "callAdmitted")]
[JsonDerivedType(typeof(NodeEntered), "nodeEntered")]
[JsonDerivedType(typeof(LegAnswered), "legAnswered")]
[JsonDerivedType(typeof(LegEnded), "legEnded")]
[JsonDerivedType(typeof(PromptEnded), "promptEnded")]
[JsonDerivedType(typeof(NoticePlayed), "noticePlayed")]
[JsonDerivedType(typeof(MenuChosen), "menuChosen")]
[JsonDerivedType(typeof(MenuMissed), "menuMissed")]
[JsonDerivedType(typeof(Enqueued), "enqueued")]
[JsonDerivedType(typeof(PlaceTold), "placeTold")]
[JsonDerivedType(typeof(QueueLeft), "queueLeft")]
[JsonDerivedType(typeof(OfferStarted), "offerStarted")]
[JsonDerivedType(typeof(OfferAlerting), "offerAlerting")]
[JsonDerivedType(typeof(OfferAnswered), "offerAnswered")]
[JsonDerivedType(typeof(OfferDialled), "offerDialled")]
[JsonDerivedType(typeof(OfferPrompted), "offerPrompted")]
[JsonDerivedType(typeof(OfferEnded), "offerEnded")]
[JsonDerivedType(typeof(AgentJoined), "agentJoined")]
[JsonDerivedType(typeof(AgentLeft), "agentLeft")]
[JsonDerivedType(typeof(RecordingStarted), "recordingStarted")]
[JsonDerivedType(typeof(RecordingStopped), "recordingStopped")]
[JsonDerivedType(typeof(NotRecorded), "notRecorded")]
[JsonDerivedType(typeof(TrackStarted), "trackStarted")]
[JsonDerivedType(typeof(TrackStopped), "trackStopped")]
[JsonDerivedType(typeof(TrackSealed), "trackSealed")]
[JsonDerivedType(typeof(SealsGivenUp), "sealsGivenUp")]
[JsonDerivedType(typeof(QualityTurned), "qualityTurned")]
[JsonDerivedType(typeof(CallDialled), "callDialled")]
[JsonDerivedType(typeof(ReachStarted), "reachStarted")]
[JsonDerivedType(typeof(ReachRinging), "reachRinging")]
[JsonDerivedType(typeof(ReachEnded), "reachEnded")]
[JsonDerivedType(typeof(PartyJoined), "partyJoined")]
[JsonDerivedType(typeof(PartyLeft), "partyLeft")]
[JsonDerivedType(typeof(CustomerJoined), "customerJoined")]
[JsonDerivedType(typeof(CustomerHeld), "customerHeld")]
[JsonDerivedType(typeof(CustomerRetrieved), "customerRetrieved")]
[JsonDerivedType(typeof(PartyMuted), "partyMuted")]
[JsonDerivedType(typeof(PartyHeld), "partyHeld")]
[JsonDerivedType(typeof(PartyRetrieved), "partyRetrieved")]
[JsonDerivedType(typeof(StationLost), "stationLost")]
[JsonDerivedType(typeof(StationBack), "stationBack")]
[JsonDerivedType(typeof(IntroBegun), "introBegun")]
[JsonDerivedType(typeof(WhisperPlayed), "whisperPlayed")]
[JsonDerivedType(typeof(StaffNumberAnnounced), "staffNumberAnnounced")]
[JsonDerivedType(typeof(Transferred), "transferred")]
[JsonDerivedType(typeof(ConsultSwapped), "consultSwapped")]
[JsonDerivedType(typeof(ConsultEnded), "consultEnded")]
[JsonDerivedType(typeof(Conferenced), "conferenced")]
[JsonDerivedType(typeof(ListenerJoined), "listenerJoined")]
[JsonDerivedType(typeof(ListenChanged), "listenChanged")]
[JsonDerivedType(typeof(TookOver), "tookOver")]
[JsonDerivedType(typeof(RecordingPaused), "recordingPaused")]
[JsonDerivedType(typeof(RecordingResumed), "recordingResumed")]
[JsonDerivedType(typeof(SentToFlow), "sentToFlow")]
[JsonDerivedType(typeof(FlowReturned), "flowReturned")]
[JsonDerivedType(typeof(AgentActive), "agentActive")]
[JsonDerivedType(typeof(HoursAsked), "hoursAsked")]
[JsonDerivedType(typeof(DigitsCollected), "digitsCollected")]
[JsonDerivedType(typeof(VoicemailStarted), "voicemailStarted")]
[JsonDerivedType(typeof(VoicemailLeft), "voicemailLeft")]
[JsonDerivedType(typeof(VoicemailDropped), "voicemailDropped")]
[JsonDerivedType(typeof(VoicemailMarked), "voicemailMarked")]
[JsonDerivedType(typeof(VoicemailDeleted), "voicemailDeleted")]
[JsonDerivedType(typeof(FaxDetected), "faxDetected")]
[JsonDerivedType(typeof(AnswerClassified), "answerClassified")]
[JsonDerivedType(typeof(CallEnded), "callEnded")]
[JsonDerivedType(typeof(PersonErased), "personErased")]
[JsonDerivedType(typeof(AgentSignedIn), "agentSignedIn")]
[JsonDerivedType(typeof(AgentSignedOut), "agentSignedOut")]
[JsonDerivedType(typeof(PresenceChosen), "presenceChosen")]
[JsonDerivedType(typeof(BreakRequested), "breakRequested")]
[JsonDerivedType(typeof(BreakPlaceTold), "breakPlaceTold")]
[JsonDerivedType(typeof(BreakPutFirst), "breakPutFirst")]
[JsonDerivedType(typeof(BreakWithdrawn), "breakWithdrawn")]
[JsonDerivedType(typeof(BreakBegun), "breakBegun")]
[JsonDerivedType(typeof(BreakOverrun), "breakOverrun")]
[JsonDerivedType(typeof(BreakEnded), "breakEnded")]
[JsonDerivedType(typeof(HelpAsked), "helpAsked")]
[JsonDerivedType(typeof(HelpEnded), "helpEnded")]
[JsonDerivedType(typeof(OfferMade), "offerMade")]
[JsonDerivedType(typeof(OfferTaken), "offerTaken")]
[JsonDerivedType(typeof(OfferClosed), "offerClosed")]
[JsonDerivedType(typeof(AgentReleased), "agentReleased")]
[JsonDerivedType(typeof(AfterCallEnded), "afterCallEnded")]
[JsonDerivedType(typeof(AgentNotResponding), "agentNotResponding")]
[JsonDerivedType(typeof(StationFellSilent), "stationFellSilent")]
[JsonDerivedType(typeof(StationReturned), "stationReturned")]
[JsonDerivedType(typeof(StationTurned), "stationTurned")]
[JsonDerivedType(typeof(CallSummarized), "callSummarized")]
[JsonDerivedType(typeof(CallMarked), "callMarked")]
[JsonDerivedType(typeof(DialAllowed), "dialAllowed")]
[JsonDerivedType(typeof(DialDenied), "dialDenied")]
[JsonDerivedType(typeof(DialEnded), "dialEnded")]
[GenerateSerializer, Immutable, Alias("Fact")]
public abstract record Fact
{
    /// <summary>When it happened (UTC), measured where it happened; never backwards within a subject.</summary>
    public abstract DateTimeOffset At { get; init; }
}

/// <summary>
/// Something that must now be done by somebody else. An <see cref="Owed"/> effect is committed with its facts and
/// repeated until acknowledged, through crashes too; the others are repeated only while the sender lives, since the
/// receiver's own recovery asks for them again.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnswerLeg), "answerLeg")]
[JsonDerivedType(typeof(RejectLeg), "rejectLeg")]
[JsonDerivedType(typeof(PlayToLeg), "playToLeg")]
[JsonDerivedType(typeof(RingStation), "ringStation")]
[JsonDerivedType(typeof(HangUpLeg), "hangUpLeg")]
[JsonDerivedType(typeof(SetRoom), "setRoom")]
[JsonDerivedType(typeof(StartTrack), "startTrack")]
[JsonDerivedType(typeof(StopTrack), "stopTrack")]
[JsonDerivedType(typeof(RingNumber), "ringNumber")]
[JsonDerivedType(typeof(RingBack), "ringBack")]
[JsonDerivedType(typeof(PassKeys), "passKeys")]
[JsonDerivedType(typeof(TellReferral), "tellReferral")]
[JsonDerivedType(typeof(GiveBackChannel), "giveBackChannel")]
[JsonDerivedType(typeof(TakeOffer), "takeOffer")]
[JsonDerivedType(typeof(CloseOffer), "closeOffer")]
[JsonDerivedType(typeof(ReleaseAgent), "releaseAgent")]
[JsonDerivedType(typeof(GiveBackCallSlot), "giveBackCallSlot")]
[JsonDerivedType(typeof(OfferToCall), "offerToCall")]
[JsonDerivedType(typeof(TellOfferTaken), "tellOfferTaken")]
[JsonDerivedType(typeof(TellOfferGone), "tellOfferGone")]
[GenerateSerializer, Immutable, Alias("Effect")]
public abstract record Effect
{
    [JsonIgnore] public virtual bool Owed => true;
}

/// <summary>A fact that a newer version of the program wrote and this one does not know: kept as it is, and counted by no fold.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Json">The whole fact as it was written.</param>
[GenerateSerializer, Immutable, Alias("UnknownFact")]
public sealed record UnknownFact([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Kind, [property: Id(2)] string Json) : Fact;

/// <summary>An owed effect that a newer version of the program wrote: this one cannot pay it, and keeps it owed.</summary>
/// <param name="Json">The whole effect as it was written.</param>
[GenerateSerializer, Immutable, Alias("UnknownEffect")]
public sealed record UnknownEffect([property: Id(0)] string Kind, [property: Id(1)] string Json) : Effect;

/// <summary>
/// A change of a machine's memory that is no fact: it is folded like one, never stored, and lost in a crash. The state
/// after a crash is right without it, only more careful: what was renewed is renewed again, what was asked is asked again.
/// </summary>
public abstract record Mark(DateTimeOffset At);

/// <summary>What a machine decided: facts to remember, effects to carry out.</summary>
/// <param name="Awaits">True where a promise leaves the process: an answer or a bridge. Its effects wait for the commit; all others leave at once and their facts ride along with the next commit.</param>
/// <param name="Marks">What the memory keeps besides; folded after the facts, never stored. <c>state.After(step)</c> does both.</param>
public sealed record Step(Items<Fact> Facts, Items<Effect> Effects, bool Awaits = false, Items<Mark> Marks = default)
{
    /// <summary>The event means nothing in this state; the caller of the machine counts it.</summary>
    public static readonly Step Ignored = new([], []);

    /// <summary>What the machine that made the step has folded already; nothing where it did not.</summary>
    internal KnownFold Folded { get; init; }
}

/// <summary>The state into which another one was folded. It follows from a step's facts, and so is no part of what makes two steps equal.</summary>
internal readonly struct KnownFold(object before, object after) : IEquatable<KnownFold>
{
    /// <summary>The state after the step; null unless this very state is the one before it.</summary>
    public object? From(object state) => ReferenceEquals(state, before) ? after : null;

    public bool Equals(KnownFold other) => true;
    public override bool Equals(object? obj) => obj is KnownFold;
    public override int GetHashCode() => 0;
}
