using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// Brings continuations back to the loop: what awaits a grain on the loop goes on on the loop, so that nothing in this
/// project needs a lock. Installed once, as the loop's first piece of work.
/// </summary>
sealed class LoopContext(SipLoop loop) : SynchronizationContext
{
    public static void Install(SipLoop loop) => loop.Post(static l => SetSynchronizationContext(new LoopContext(l)), loop);

    public override void Post(SendOrPostCallback d, object? state) => loop.Post(new Continuation(d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nobody waits for the loop");

    public override SynchronizationContext CreateCopy() => this;

    sealed class Continuation(SendOrPostCallback run, object? state) : LoopWork
    {
        protected override void Run() => run(state);
    }
}
