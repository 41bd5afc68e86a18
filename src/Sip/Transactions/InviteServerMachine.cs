using static CallCenter.Sip.Transactions.TransactionActs;
using static CallCenter.Sip.Transactions.TransactionInput;
using static CallCenter.Sip.Transactions.TransactionState;

namespace CallCenter.Sip.Transactions;

/// <summary>INVITE server transaction (RFC 3261 §17.2.1, figure 7, with the Accepted state of RFC 6026 §7.1). Created in Proceeding.</summary>
public static class InviteServerMachine
{
    public static TransactionStep Next(TransactionState state, TransactionInput input, in TransactionSetting with) => (state, input) switch
    {
        (Proceeding, Request) => TransactionStep.Stay(Proceeding, Send),                                                       // the last provisional again
        (Proceeding, Provisional) => TransactionStep.Stay(Proceeding, Send),
        (Proceeding, Success) => new(Accepted, Send, TimerChange.Stop, TimerChange.Start(with.Timers.Timeout)),                // L
        (Proceeding, Failure) => new(Completed, Send, with.First, TimerChange.Start(with.Timers.Timeout)),                     // G, H
        (Proceeding or Completed, TransportError) => TransactionStep.End(ReportTransportError),
        (Completed, Request) => TransactionStep.Stay(Completed, Send),
        (Completed, RetransmitTimer) => new(Completed, Send, TimerChange.Start(with.DoubledToT2)),
        (Completed, ExpiryTimer) => TransactionStep.End(ReportTimeout),                                                        // H: the ACK never came
        (Completed, Ack) when with.Reliable => TransactionStep.End(),                                                          // I is zero
        (Completed, Ack) => new(Confirmed, None, TimerChange.Stop, TimerChange.Start(with.Timers.T4)),                         // I
        (Confirmed, ExpiryTimer) => TransactionStep.End(),                                                                     // I
        (Accepted, Success) => TransactionStep.Stay(Accepted, Send),                                                           // the user repeats its 2xx (§13.3.1.4)
        (Accepted, Ack) => TransactionStep.Stay(Accepted, Deliver),
        (Accepted, TransportError) => TransactionStep.Stay(Accepted, ReportTransportError),                                    // stays, to absorb the INVITE again
        (Accepted, ExpiryTimer) => TransactionStep.End(),                                                                      // L
        _ => TransactionStep.Stay(state),
    };
}
