using CallCenter.Media;

namespace CallCenter.Edge;

/// <summary>Numbers 24xx belong to edges. Never a number, a name or a digit of a person.</summary>
static partial class EdgeLog
{
    [LoggerMessage(2401, LogLevel.Warning, "A call was not reached ({Fault}); it is told again")]
    public static partial void CallNotReached(this ILogger log, string fault);

    [LoggerMessage(2402, LogLevel.Error, "Command {Command} is unknown to this edge")]
    public static partial void CommandUnknown(this ILogger log, string command);

    [LoggerMessage(2403, LogLevel.Warning, "Command {Command} means nothing for a {Leg}")]
    public static partial void CommandSenseless(this ILogger log, string command, string leg);

    [LoggerMessage(2404, LogLevel.Error, "Work on the edge's loop failed")]
    public static partial void WorkFailed(this ILogger log, Exception fault);

    [LoggerMessage(2405, LogLevel.Information, "Edge {Edge} listens on {Sip} (SIP) and {First}–{Last} (RTP)")]
    public static partial void Listening(this ILogger log, string edge, string sip, int first, int last);

    [LoggerMessage(2406, LogLevel.Warning, "The edge could not announce itself ({Fault}); it tries again")]
    public static partial void NotAnnounced(this ILogger log, string fault);

    [LoggerMessage(2407, LogLevel.Error, "There is no media for a leg ({Why}); it is refused with {Status}")]
    public static partial void NoMedia(this ILogger log, LegRefusal why, int status);

    [LoggerMessage(2408, LogLevel.Error, "A request could not be served")]
    public static partial void RequestFailed(this ILogger log, Exception fault);

    [LoggerMessage(2409, LogLevel.Warning, "A recording segment was not kept ({Fault})")]
    public static partial void SegmentNotKept(this ILogger log, string fault);

    [LoggerMessage(2410, LogLevel.Error, "Trunk {Trunk} is unknown, or its target has no address")]
    public static partial void TrunkNotFound(this ILogger log, string trunk);

    [LoggerMessage(2411, LogLevel.Error, "Edge {Edge} is lost, and {Count} legs with it")]
    public static partial void PeerLost(this ILogger log, string edge, int count);

    [LoggerMessage(2412, LogLevel.Error, "Trunk {Trunk} refused our login with {Status}: its user and password are wrong, or not set")]
    public static partial void TrunkKnowsUsNot(this ILogger log, string trunk, int status);

    [LoggerMessage(2413, LogLevel.Warning, "A discarded track could not be deleted ({Fault})")]
    public static partial void TrackNotDeleted(this ILogger log, string fault);

    [LoggerMessage(2414, LogLevel.Warning, "A recording segment whose writing failed may lie there; it could not be deleted yet ({Fault})")]
    public static partial void SegmentInDoubt(this ILogger log, string fault);

    [LoggerMessage(2421, LogLevel.Warning, "The start before this one left {Count} SIP sessions behind; ending them")]
    public static partial void EndingOrphans(this ILogger log, int count);

    [LoggerMessage(2422, LogLevel.Error, "A SIP session that was left behind cannot be read; its far end is not told")]
    public static partial void OrphanUnreadable(this ILogger log);

    [LoggerMessage(2424, LogLevel.Warning, "An emergency call is put through although nothing can be stored: its record will follow")]
    public static partial void EmergencyUnstored(this ILogger log);

    [LoggerMessage(2423, LogLevel.Error, "A call was refused with 503: nothing can be stored")]
    public static partial void CallNotStorable(this ILogger log);

    [LoggerMessage(2432, LogLevel.Information, "OpenSSL 3 (libssl.so.3) is not installed: DTLS-SRTP is not spoken, so that no browser can call or be called")]
    public static partial void NoDtls(this ILogger log);

    [LoggerMessage(2433, LogLevel.Error, "A call to {Leg} must be secured by DTLS, which this edge does not speak; it is refused with {Status}")]
    public static partial void DtlsNotSpoken(this ILogger log, string leg, int status);

    [LoggerMessage(2434, LogLevel.Warning, "The media of a {Leg} came to nothing ({Why}); it is hung up")]
    public static partial void NoPeer(this ILogger log, string leg, PeerLoss why);

    [LoggerMessage(2425, LogLevel.Warning, "A station could not be told of its browser ({Fault})")]
    public static partial void StationNotReached(this ILogger log, string fault);

    [LoggerMessage(2444, LogLevel.Information, "The kernel has no io_uring for this process (Linux 6.1 is needed, and a container must not forbid it): RTP goes by epoll, which takes more processor time")]
    public static partial void NoRing(this ILogger log);

    [LoggerMessage(2431, LogLevel.Information, "libopus is not installed: Opus is not spoken")]
    public static partial void NoOpus(this ILogger log);

    [LoggerMessage(2441, LogLevel.Error, "Trunk {Trunk} does not answer ({Status})")]
    public static partial void TrunkDown(this ILogger log, string trunk, int status);

    [LoggerMessage(2442, LogLevel.Information, "Trunk {Trunk} answers, after {RoundTrip} ms")]
    public static partial void TrunkUp(this ILogger log, string trunk, long roundTrip);

    [LoggerMessage(2443, LogLevel.Warning, "Which trunks are to be asked could not be read ({Fault})")]
    public static partial void TrunksNotRead(this ILogger log, string fault);
}
