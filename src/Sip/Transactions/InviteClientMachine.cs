using static CallCenter.Sip.Transactions.TransactionActs;
using static CallCenter.Sip.Transactions.TransactionInput;
using static CallCenter.Sip.Transactions.TransactionState;

namespace CallCenter.Sip.Transactions;

/// <summary>INVITE client transaction (RFC 3261 §17.1.1, figure 5, with the Accepted state of RFC 6026 §7.2).</summary>
public static class InviteClientMachine
{
    public static TransactionStep Next(TransactionState state, TransactionInput input, in TransactionSetting with) => (state, input) switch
    {
        (Calling, Start) => new(Calling, Send, with.First, TimerChange.Start(with.Timers.Timeout)),              // A, B
        (Calling, RetransmitTimer) => new(Calling, Send, TimerChange.Start(with.Doubled)),                       // A doubles without bound
        (Calling or Proceeding, ExpiryTimer) => TransactionStep.End(ReportTimeout),                              // B; in Proceeding started by a CANCEL only (§9.1)
        (Calling or Completed, TransportError) => TransactionStep.End(ReportTransportError),
        (Calling or Proceeding, Provisional) => new(Proceeding, Deliver, TimerChange.Stop, TimerChange.Stop),
        (Calling or Proceeding, Success) => new(Accepted, Deliver, TimerChange.Stop, TimerChange.Start(with.Timers.Timeout)), // M
        (Calling or Proceeding, Failure) when with.Reliable => TransactionStep.End(Deliver | SendAck),           // D is zero
        (Calling or Proceeding, Failure) => new(Completed, Deliver | SendAck, TimerChange.Stop, TimerChange.Start(with.Timers.D)),
        (Completed, Failure) => TransactionStep.Stay(Completed, SendAck),
        (Completed, ExpiryTimer) => TransactionStep.End(),                                                       // D
        (Accepted, Success) => TransactionStep.Stay(Accepted, Deliver),                                          // the user sends the ACK again, or meets another fork
        (Accepted, ExpiryTimer) => TransactionStep.End(),                                                        // M
        _ => TransactionStep.Stay(state),
    };
}
