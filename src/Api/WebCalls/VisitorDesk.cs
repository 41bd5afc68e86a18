using CallCenter.Contracts.Edges;

namespace CallCenter.Api.WebCalls;

/// <summary>Brings visitors to edges. An edge that drains, is full or does not answer is passed over for the next.</summary>
internal sealed class VisitorDesk(IGrainFactory grains, TimeProvider time)
{
    /// <summary>An edge speaks every 10 s: one that was silent for so long is not asked.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(35);

    /// <summary>It answers within a second if it can.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who took the visitor, and with which words; or why nobody did.</summary>
    public async Task<(VisitToken? Token, VisitorAnswer Answer)> Bring(VisitorCall visitor)
    {
        var answer = VisitorAnswer.Refused(VisitorRefusal.Draining);
        foreach (var report in await Edges())
        {
            if (await grains.Edge(report.Id).Present() is not { Gone: false } edge) continue;
            answer = await Ask(edge.Edge.TakeVisitor(visitor));
            if (answer.Sdp is not null) return (new(visitor.Call.Call, report.Id, edge.Epoch), answer);
            if (answer.Why is not (VisitorRefusal.Draining or VisitorRefusal.NoMedia)) break;
        }
        return (null, answer);
    }

    /// <summary>Another offer of a visitor who is there.</summary>
    public async Task<VisitorAnswer> Move(TenantId tenant, VisitToken token, string sdp) =>
        await EdgeOf(token) is { } edge ? await Ask(edge.MoveVisitor(new(tenant, token.Call), sdp)) : VisitorAnswer.Refused(VisitorRefusal.Gone);

    /// <summary>The visitor hangs up. False: the leg is over already.</summary>
    public async Task<bool> End(TenantId tenant, VisitToken token)
    {
        if (await EdgeOf(token) is not { } edge) return false;
        try
        {
            return await edge.EndVisitor(new(tenant, token.Call)).WaitAsync(Patience, time);
        }
        catch (Exception) // no answer in time, or no way to it: a leg that nobody holds any more ends by itself
        {
            return false;
        }
    }

    /// <summary>With the fewest calls first, so that visitors spread.</summary>
    private async Task<IEnumerable<EdgeReport>> Edges()
    {
        var now = time.GetUtcNow();
        return (await grains.Directory().Edges()).Where(edge => !edge.Draining && now - edge.At < Silence).OrderBy(edge => edge.Calls).ThenBy(edge => edge.Id.Value, StringComparer.Ordinal);
    }

    private async Task<IEdgeObserver?> EdgeOf(VisitToken token) => await grains.Edge(token.Edge).Present() is { Gone: false } edge && edge.Epoch == token.EdgeEpoch ? edge.Edge : null;

    private async Task<VisitorAnswer> Ask(Task<VisitorAnswer> asked)
    {
        try
        {
            return await asked.WaitAsync(Patience, time);
        }
        catch (Exception fault) when (fault is not StorageOutageException) // another edge may answer; one that took the visitor after all gives up a path that nobody looks for
        {
            return VisitorAnswer.Refused(VisitorRefusal.Draining);
        }
    }
}
