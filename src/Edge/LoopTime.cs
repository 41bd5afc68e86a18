using CallCenter.Sip.Transport;

namespace CallCenter.Edge;

/// <summary>The time that an edge's loop has left.</summary>
sealed class LoopTime(SipLoop loop) : ISpareTime
{
    public bool IsFree => loop.IsFree;

    public void Rouse() => loop.Rouse();

    public void Serve(Func<bool> waits, Action run) => loop.Admit(new(waits, run));
}
