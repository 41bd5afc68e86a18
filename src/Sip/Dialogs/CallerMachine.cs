using static CallCenter.Sip.Dialogs.CallerActs;
using static CallCenter.Sip.Dialogs.CallerInput;
using static CallCenter.Sip.Dialogs.CallerState;

namespace CallCenter.Sip.Dialogs;

public enum CallerState : byte { Calling, Cancelling, Answered, Ended }

public enum CallerInput : byte
{
    Progress,
    /// <summary>A 2xx with a To tag not seen in a 2xx before.</summary>
    Answer,
    /// <summary>The 2xx of a fork that was acknowledged already.</summary>
    AnswerAgain,
    Refusal,
    /// <summary>Nothing came, or nothing could be sent.</summary>
    Failure,
    /// <summary>Our side gives up.</summary>
    Cancel,
}

[Flags]
public enum CallerActs : byte
{
    None = 0,
    SendCancel = 1,
    Ack = 2,
    /// <summary>The ACK that was sent to this fork, again.</summary>
    AckAgain = 4,
    /// <summary>End this fork's dialog after its ACK: it was answered too late or beside another.</summary>
    Bye = 8,
    ReportProgress = 16,
    ReportAnswer = 32,
    ReportEnd = 64,
}

public readonly record struct CallerStep(CallerState State, CallerActs Acts);

/// <summary>The caller's side of an INVITE that may fork (RFC 3261 §13.2.2.4) and may be cancelled while it is answered (§9.1): of all 2xx the first wins, the others get ACK and BYE.</summary>
public static class CallerMachine
{
    public static CallerStep Next(CallerState state, CallerInput input) => (state, input) switch
    {
        (Calling, Progress) => new(Calling, ReportProgress),
        (Calling, Answer) => new(Answered, Ack | ReportAnswer),
        (Calling or Cancelling, Refusal or Failure) => new(Ended, ReportEnd),
        (Calling, Cancel) => new(Cancelling, SendCancel),
        (Cancelling, Answer) => new(Ended, Ack | Bye | ReportEnd), // the 200 crossed our CANCEL
        (Answered or Ended, Answer) => new(state, Ack | Bye),
        (Answered or Ended, AnswerAgain) => new(state, AckAgain),
        _ => new(state, CallerActs.None),
    };
}
