namespace CallCenter.Sip.Transactions;

/// <summary>States of the four machines (RFC 3261 §17, RFC 6026 §7).</summary>
public enum TransactionState : byte { Calling, Trying, Proceeding, Completed, Confirmed, Accepted, Terminated }

/// <summary>What happens to a transaction. On the client side statuses come from the wire, on the server side from the user.</summary>
public enum TransactionInput : byte
{
    /// <summary>The client transaction is created.</summary>
    Start,
    Provisional, Success, Failure,
    /// <summary>The request again (server side).</summary>
    Request,
    Ack,
    /// <summary>Timer A, E or G.</summary>
    RetransmitTimer,
    /// <summary>Timer B, D, F, H, I, J, K, L or M: the one that ends the state.</summary>
    ExpiryTimer,
    TransportError,
}

/// <summary>What the shell must do, in this order.</summary>
[Flags]
public enum TransactionActs : byte
{
    None = 0,
    /// <summary>Send the request, or the last response.</summary>
    Send = 1,
    /// <summary>Send the ACK for a failure (client INVITE only).</summary>
    SendAck = 2,
    /// <summary>Hand the message to the user.</summary>
    Deliver = 4,
    ReportTimeout = 8,
    ReportTransportError = 16,
}

/// <summary>A timer kept as it is, stopped, or started anew.</summary>
public readonly record struct TimerChange
{
    readonly TimeSpan? after;

    TimerChange(TimeSpan? after, bool changes) => (this.after, Changes) = (after, changes);

    public static readonly TimerChange Keep;
    public static readonly TimerChange Stop = new(null, true);

    public bool Changes { get; }

    /// <summary>Null where the timer stops.</summary>
    public TimeSpan? After => after;

    public static TimerChange Start(TimeSpan after) => new(after, true);
}

/// <summary>One transition.</summary>
/// <param name="Retransmit">Timer A, E or G.</param>
/// <param name="Expiry">Timer B, D, F, H, I, J, K, L or M.</param>
public readonly record struct TransactionStep(TransactionState State, TransactionActs Acts, TimerChange Retransmit = default, TimerChange Expiry = default)
{
    /// <summary>The input means nothing in this state.</summary>
    public static TransactionStep Stay(TransactionState state, TransactionActs acts = TransactionActs.None) => new(state, acts);

    public static TransactionStep End(TransactionActs acts = TransactionActs.None) => new(TransactionState.Terminated, acts, TimerChange.Stop, TimerChange.Stop);
}

/// <summary>What the machines need to know besides state and input.</summary>
/// <param name="Reliable">Over TCP and the like nothing is retransmitted and the waiting states have no length.</param>
/// <param name="Gap">The retransmission gap that has just run out; zero before the first.</param>
public readonly record struct TransactionSetting(SipTimers Timers, bool Reliable, TimeSpan Gap)
{
    public TimeSpan Doubled => 2 * Gap;
    public TimeSpan DoubledToT2 => Doubled < Timers.T2 ? Doubled : Timers.T2;
    public TimerChange First => Reliable ? TimerChange.Stop : TimerChange.Start(Timers.T1);
}
