using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Links;

/// <summary>Something that hangs on another edge.</summary>
interface ILinked
{
    /// <summary>That edge is gone: said once.</summary>
    void OnPeerLost();
}

/// <summary>Another edge, at one start of it, as long as something here hangs on it: asked every second whether it lives. Lives on the loop.</summary>
sealed class LinkPeer(EdgeCore edge, EdgeId id, long epoch, SipFlow flow, byte[] key) : IClientUser
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Questions without an answer. Counted, not timed: where this process itself stood still, none was asked, and nobody is gone.</summary>
    const int GivenUpAfter = 3;

    readonly HashSet<ILinked> watching = [];
    int unanswered;
    LoopTimer? beat;

    public EdgeId Id => id;
    public long Epoch => epoch;
    public SipFlow Flow => flow;

    /// <param name="line">See <see cref="LinkProof.Line"/>.</param>
    public void Prove(SipWriter writer, CallRef? call = null, string? line = null) =>
        writer.Header(LinkProof.Header, System.Text.Encoding.ASCII.GetBytes(new LinkProof(edge.Id, edge.Epoch, call, line).Write(key, edge.Now)));

    public void Watch(ILinked what)
    {
        if (!watching.Add(what) || watching.Count > 1) return;
        unanswered = 0;
        Ask();
    }

    public void Unwatch(ILinked what)
    {
        if (watching.Remove(what) && watching.Count == 0 && beat is not null) edge.Loop.Stop(beat);
    }

    void Ask()
    {
        if (watching.Count == 0) return;
        if (unanswered++ == GivenUpAfter)
        {
            Lose();
            return;
        }
        var endpoint = edge.Agent.Endpoint;
        var uri = $"sip:{flow.Remote}";
        var writer = endpoint.Request(SipMethod.Options, System.Text.Encoding.ASCII.GetBytes(uri), flow)
            .Header(HeaderName.From, AddressText.NameAddr("", uri, endpoint.Tokens.Tag())).Header(HeaderName.To, AddressText.NameAddr("", uri))
            .Header(HeaderName.CallId, endpoint.Tokens.CallId()).CSeq(1, SipMethod.Options);
        Prove(writer);
        endpoint.Send(writer.FinishRequest(), flow, this);
        edge.Loop.Start(beat ??= new(Ask), Beat);
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.IsSuccess) unanswered = 0;
        else if (!response.IsProvisional) Lose(); // it does not know its own key: it was started anew
    }

    void IClientUser.OnFailed(ClientTransaction transaction, TransactionFailure failure) { } // the next question decides

    void Lose()
    {
        if (beat is not null) edge.Loop.Stop(beat);
        edge.Links.Forget(this);
        var all = watching.ToArray();
        watching.Clear();
        if (all.Length > 0) edge.Log.PeerLost(id.Value, all.Length);
        foreach (var one in all) one.OnPeerLost();
    }
}
