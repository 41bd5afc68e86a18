using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Dialogs;

public enum AnswerState : byte { Unacknowledged, Acknowledged, GivenUp }

public enum AnswerInput : byte { Answered, Ack, RetransmitTimer, GiveUpTimer }

public enum AnswerAct : byte
{
    None,
    /// <summary>Send the 2xx (again).</summary>
    Send,
    /// <summary>The ACK came for the first time.</summary>
    Confirm,
    /// <summary>No ACK in 64·T1: the session is over and BYE goes out.</summary>
    GiveUp,
}

public readonly record struct AnswerStep(AnswerState State, AnswerAct Act, TimerChange Retransmit = default, TimerChange GiveUp = default);

/// <summary>A 2xx to an INVITE until its ACK (RFC 3261 §13.3.1.4): sent again after T1, 2·T1 … T2, over every transport, and given up after 64·T1.</summary>
public static class AnswerMachine
{
    public static AnswerStep Next(AnswerState state, AnswerInput input, in TransactionSetting with) => (state, input) switch
    {
        (AnswerState.Unacknowledged, AnswerInput.Answered) => new(state, AnswerAct.Send, TimerChange.Start(with.Timers.T1), TimerChange.Start(with.Timers.Timeout)),
        (AnswerState.Unacknowledged, AnswerInput.RetransmitTimer) => new(state, AnswerAct.Send, TimerChange.Start(with.DoubledToT2)),
        (AnswerState.Unacknowledged, AnswerInput.Ack) => new(AnswerState.Acknowledged, AnswerAct.Confirm, TimerChange.Stop, TimerChange.Stop),
        (AnswerState.Unacknowledged, AnswerInput.GiveUpTimer) => new(AnswerState.GivenUp, AnswerAct.GiveUp, TimerChange.Stop, TimerChange.Stop),
        _ => new(state, AnswerAct.None),
    };
}
