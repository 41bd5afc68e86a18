using CallCenter.Media.Dtmf;
using CallCenter.Media.Prompts;
using CallCenter.Media.Quality;
using CallCenter.Media.Recording;
using CallCenter.Media.Tones;

namespace CallCenter.Media;

/// <summary>Takes what happens in media. Called on media threads: it must only pass the event on, at once, and never throw.</summary>
public interface IMediaEvents
{
    void Happened(MediaEvent what);

    /// <summary>A value and no <see cref="MediaEvent"/>, for it happens to every leg all the time, and the loops allocate nothing in talk. Whoever does not listen need not.</summary>
    void Measured(in QualityMeasured what) { }

    /// <summary>A bug in the engine showed as an exception: to be logged. The leg it struck is closed; the others go on.</summary>
    void Faulted(Exception bug);
}

/// <summary>Something happened on a leg.</summary>
/// <param name="At">When, on the engine's clock; <see cref="MediaClock.ToUtc"/> tells the time of day.</param>
public abstract record MediaEvent(MediaLeg Leg, MediaInstant At);

/// <summary>The first valid RTP packet of the leg came in.</summary>
public sealed record FirstPacket(MediaLeg Leg, MediaInstant At) : MediaEvent(Leg, At);

/// <summary>A leg that is secured by DTLS has a far end: hands were shaken, also with another one than before. Media may flow.</summary>
public sealed record PeerMet(MediaLeg Leg, MediaInstant At) : MediaEvent(Leg, At);

/// <summary>A leg that is secured by DTLS has no far end, or none any more. <see cref="MediaResumed"/> may follow on <see cref="PeerLoss.Silent"/>.</summary>
public sealed record PeerGone(MediaLeg Leg, MediaInstant At, PeerLoss Why) : MediaEvent(Leg, At);

/// <summary>Why the far end is gone.</summary>
public enum PeerLoss
{
    /// <summary>No sign of life for <see cref="MediaOptions.ConsentTimeout"/>: nothing is sent there any more.</summary>
    Silent,

    /// <summary>It said goodbye in the media: its connection was closed.</summary>
    Closed,

    /// <summary>It found no way to us within <see cref="MediaOptions.ConnectTimeout"/>.</summary>
    NoPath,

    /// <summary>It is there, but shook no hands within that time.</summary>
    NoHandshake,

    /// <summary>Who is there is not who signalled.</summary>
    WrongCertificate,

    /// <summary>It does nothing that we can do: version, cipher, SRTP profile.</summary>
    Refused,
}

/// <summary>No RTP since <paramref name="Since"/>, for <see cref="MediaOptions.SilenceTimeout"/>. Told once, until RTP comes again.</summary>
public sealed record MediaLost(MediaLeg Leg, MediaInstant At, MediaInstant Since) : MediaEvent(Leg, At);

/// <summary>RTP came again after <see cref="MediaLost"/>.</summary>
public sealed record MediaResumed(MediaLeg Leg, MediaInstant At) : MediaEvent(Leg, At);

/// <summary>Who is recorded has said nothing since <paramref name="Since"/>, for as long as <see cref="MediaLeg.Record"/> was told; told again after a voice and another silence.</summary>
public sealed record WentQuiet(MediaLeg Leg, MediaInstant At, TrackId Track, MediaInstant Since) : MediaEvent(Leg, At);

/// <summary>A key was pressed: told once, at its end.</summary>
/// <param name="Key">0–9 * # A–D, ! for flash. Must not reach a log: it may be part of a PIN.</param>
/// <param name="At">Its end.</param>
/// <param name="Source">As telephone-events where the session has them, else as tones.</param>
public sealed record DigitPressed(MediaLeg Leg, MediaInstant At, char Key, MediaInstant Start, KeySource Source) : MediaEvent(Leg, At)
{
    public override string ToString() => nameof(DigitPressed); // never the key
}

/// <summary>The party is a fax machine: told once for each tone, if it comes within the leg's first minute.</summary>
public sealed record FaxHeard(MediaLeg Leg, MediaInstant At, FaxTone Tone) : MediaEvent(Leg, At);

/// <summary>Who answered a call that we made, by how it sounds; told once after each <see cref="MediaLeg.JudgeAnswer"/>, unless the leg ends before.</summary>
/// <param name="Confidence">0.5 (a guess) – 1 (certain).</param>
/// <param name="After">From the answer to this judgement.</param>
public sealed record AnswerJudged(MediaLeg Leg, MediaInstant At, Answerer By, double Confidence, TimeSpan After) : MediaEvent(Leg, At);

/// <summary>All keys given to <see cref="MediaLeg.SendDigits"/> have been sent.</summary>
public sealed record DigitsSent(MediaLeg Leg, MediaInstant At) : MediaEvent(Leg, At);

/// <summary>A play is over.</summary>
/// <param name="At">When its last packet was sent.</param>
/// <param name="Position">Samples played of the present pass, to go on from (<see cref="Play.Start"/>).</param>
public sealed record PlayEnded(MediaLeg Leg, MediaInstant At, PlayId Play, PlayEnd Reason, int Position) : MediaEvent(Leg, At);

/// <summary>A track is complete and its last segment was handed to the sink.</summary>
/// <param name="At">The stop instant.</param>
/// <param name="Samples">Length, 8 per ms.</param>
/// <param name="Segments">Handed over.</param>
/// <param name="LostSegments">Could not be kept: no buffer was free, or the sink refused.</param>
/// <param name="Seal">Hash of the last segment kept, hexadecimal; empty if none was. Stored apart from the segments it proves them all (<see cref="TrackCheck"/>).</param>
/// <param name="Speech">When the leg spoke.</param>
public sealed record TrackEnded(MediaLeg Leg, MediaInstant At, TrackId Track, MediaInstant Start, long Samples, int Segments, int LostSegments, string Seal, SpeechTrace Speech) : MediaEvent(Leg, At);

/// <summary>Every <see cref="MediaOptions.QualityWindow"/>, if something came in it: how the leg sounded. What the last, shorter window held stands in <see cref="MediaLeg.Sound"/>.</summary>
public readonly record struct QualityMeasured(MediaLeg Leg, MediaInstant At, LegWindow Window);

/// <summary>The leg is closed; nothing more will be told of it but the end of its track.</summary>
public sealed record LegClosed(MediaLeg Leg, MediaInstant At, LegFigures Figures) : MediaEvent(Leg, At);

/// <summary>A leg's life in numbers (RFC 3550 §6.4).</summary>
/// <param name="Jitter">Interarrival jitter at the end, ms.</param>
/// <param name="Foreign">Packets dropped since they came from a source not believed.</param>
/// <param name="Invalid">Datagrams that were no RTP of this leg.</param>
/// <param name="RemoteLost">Loss of our stream as the peer last reported; null if it never did.</param>
/// <param name="RemoteJitter">The same for jitter, ms.</param>
/// <param name="RoundTrip">ms, from the last report; null if unknown.</param>
public sealed record LegFigures(ulong Received, ulong Lost, double Jitter, uint Sent, ulong Foreign, ulong Invalid, int? RemoteLost, double? RemoteJitter, double? RoundTrip);
