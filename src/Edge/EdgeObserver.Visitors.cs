using CallCenter.Edge.Web;

namespace CallCenter.Edge;

/// <summary>The part of the api, which brings visitors of web pages.</summary>
sealed partial class EdgeObserver
{
    readonly VisitorCalls visitors = new(edge);

    public Task<VisitorAnswer> TakeVisitor(VisitorCall visitor) => Ask(() => visitors.Take(visitor));

    public Task<VisitorAnswer> MoveVisitor(CallRef call, string sdp) => Ask(() => Task.FromResult(visitors.Move(call, sdp)));

    public Task<bool> EndVisitor(CallRef call) => Ask(() => Task.FromResult(visitors.End(call)));
}
