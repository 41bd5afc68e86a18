using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Transactions;

/// <summary>What both sides' shells share: state, two timers, a way out.</summary>
public abstract class TransactionShell
{
    TimeSpan gap;
    LoopTimer? retransmit, expiry;

    private protected TransactionShell(SipEndpoint endpoint, SipFlow flow, TransactionState state)
    {
        Endpoint = endpoint;
        Flow = flow;
        State = state;
    }

    public TransactionState State { get; private set; }

    /// <summary>Where the far end is.</summary>
    public SipFlow Flow { get; }

    /// <summary>For the user's own use: what this transaction belongs to.</summary>
    public object? Owner { get; set; }

    private protected SipEndpoint Endpoint { get; }
    private protected TransactionSetting Setting => new(Endpoint.Timers, Flow.Transport!.IsReliable, gap);

    private protected abstract void OnTimer(TransactionInput timer);

    private protected void Enter(in TransactionStep step)
    {
        State = step.State;
        if (step.Retransmit is { Changes: true } again)
        {
            if (again.After is { } after) Endpoint.Loop.Start(retransmit ??= new(() => OnTimer(TransactionInput.RetransmitTimer)), gap = after);
            else if (retransmit is not null) Endpoint.Loop.Stop(retransmit);
        }
        if (step.Expiry is { Changes: true } end)
        {
            if (end.After is { } after) StartExpiry(after);
            else if (expiry is not null) Endpoint.Loop.Stop(expiry);
        }
    }

    private protected void StartExpiry(TimeSpan after) => Endpoint.Loop.Start(expiry ??= new(() => OnTimer(TransactionInput.ExpiryTimer)), after);

    private protected bool TrySend(ReadOnlySpan<byte> message) => Endpoint.TrySend(message, Flow);
}
