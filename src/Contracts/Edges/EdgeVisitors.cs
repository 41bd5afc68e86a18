using CallCenter.Contracts.WebCalls;
using Orleans.Concurrency;

namespace CallCenter.Contracts.Edges;

/// <summary>What the api asks of an edge for a visitor of a web page, whose signalling is HTTP.</summary>
public partial interface IEdgeObserver
{
    /// <summary>A visitor calls, as an INVITE would. Completes when the call has said what becomes of it, or after a second.</summary>
    [Alias("TakeVisitor"), AlwaysInterleave] Task<VisitorAnswer> TakeVisitor(VisitorCall visitor);

    /// <summary>Another offer for a visitor's leg: its network has changed.</summary>
    [Alias("MoveVisitor"), AlwaysInterleave] Task<VisitorAnswer> MoveVisitor(CallRef call, string sdp);

    /// <summary>The visitor hangs up. False: the edge has no such leg, or none any more.</summary>
    [Alias("EndVisitor"), AlwaysInterleave] Task<bool> EndVisitor(CallRef call);
}
