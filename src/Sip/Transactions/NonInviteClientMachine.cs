using static CallCenter.Sip.Transactions.TransactionActs;
using static CallCenter.Sip.Transactions.TransactionInput;
using static CallCenter.Sip.Transactions.TransactionState;

namespace CallCenter.Sip.Transactions;

/// <summary>Non-INVITE client transaction (RFC 3261 §17.1.2, figure 6).</summary>
public static class NonInviteClientMachine
{
    public static TransactionStep Next(TransactionState state, TransactionInput input, in TransactionSetting with) => (state, input) switch
    {
        (Trying, Start) => new(Trying, Send, with.First, TimerChange.Start(with.Timers.Timeout)),        // E, F
        (Trying, RetransmitTimer) => new(Trying, Send, TimerChange.Start(with.DoubledToT2)),
        (Proceeding, RetransmitTimer) => new(Proceeding, Send, TimerChange.Start(with.Timers.T2)),
        (Trying or Proceeding, ExpiryTimer) => TransactionStep.End(ReportTimeout),                       // F
        (Trying or Proceeding, TransportError) => TransactionStep.End(ReportTransportError),
        (Trying or Proceeding, Provisional) => TransactionStep.Stay(Proceeding, Deliver),                // E and F go on
        (Trying or Proceeding, Success or Failure) when with.Reliable => TransactionStep.End(Deliver),   // K is zero
        (Trying or Proceeding, Success or Failure) => new(Completed, Deliver, TimerChange.Stop, TimerChange.Start(with.Timers.T4)),
        (Completed, ExpiryTimer) => TransactionStep.End(),                                               // K
        _ => TransactionStep.Stay(state),
    };
}
