using static CallCenter.Sip.Transactions.TransactionActs;
using static CallCenter.Sip.Transactions.TransactionInput;
using static CallCenter.Sip.Transactions.TransactionState;

namespace CallCenter.Sip.Transactions;

/// <summary>Non-INVITE server transaction (RFC 3261 §17.2.2, figure 8). Created in Trying.</summary>
public static class NonInviteServerMachine
{
    public static TransactionStep Next(TransactionState state, TransactionInput input, in TransactionSetting with) => (state, input) switch
    {
        (Trying or Proceeding, Provisional) => TransactionStep.Stay(Proceeding, Send),
        (Proceeding, Request) => TransactionStep.Stay(Proceeding, Send),
        (Trying or Proceeding, Success or Failure) when with.Reliable => TransactionStep.End(Send),      // J is zero
        (Trying or Proceeding, Success or Failure) => new(Completed, Send, TimerChange.Stop, TimerChange.Start(with.Timers.Timeout)), // J
        (Completed, Request) => TransactionStep.Stay(Completed, Send),
        (Proceeding or Completed, TransportError) => TransactionStep.End(ReportTransportError),
        (Completed, ExpiryTimer) => TransactionStep.End(),                                               // J
        _ => TransactionStep.Stay(state),
    };
}
