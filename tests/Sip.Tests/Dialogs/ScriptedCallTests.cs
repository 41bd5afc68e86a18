using System.Net;
using System.Text;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Dialogs;

/// <summary>The whole stack over real sockets, against the scripted peer that the edge's and the product's tests use.</summary>
public sealed class ScriptedCallTests : IAgentUser, ICallUser, IDisposable
{
    readonly SipLoop loop;
    readonly UdpTransport transport;
    readonly UserAgent agent;
    readonly TaskCompletionSource<CallEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedCallTests()
    {
        loop = new(TimeProvider.System, fault => ended.TrySetException(fault));
        transport = UdpTransport.Bind(new(IPAddress.Loopback, 0));
        agent = new(loop, new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(500)), new(), A.Rules, this) { Product = "test" };
        transport.Attach(loop, agent.Endpoint);
        loop.Start();
    }

    public void Dispose()
    {
        loop.Dispose();
        transport.Dispose();
    }

    void IAgentUser.OnInvite(ServerTransaction transaction, SipRequest invite) => agent.Take(transaction, this)!.Accept("v=0\r\n"u8);
    void IAgentUser.OnRequest(ServerTransaction transaction, SipRequest request) => transaction.Respond(200, agent.Describe(transaction.Answer(200)).Finish());
    void IAgentUser.OnCancelled(ServerTransaction invite) { }
    void ICallUser.OnProgress(Call call, SipResponse response) { }
    void ICallUser.OnAnswered(Call call, SipResponse response)
    {
        if (call.Owner is "hang up") call.HangUp();
    }

    void ICallUser.OnAcknowledged(Call call, SipRequest ack) { }
    void ICallUser.OnOffer(Call call, ServerTransaction transaction, SipRequest request) => call.AcceptOffer(transaction, "v=0\r\n"u8);
    void ICallUser.OnOfferAnswered(Call call, SipResponse? response) { }
    void ICallUser.OnRequest(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
    void ICallUser.OnEnded(Call call, CallEnd end) => ended.TrySetResult(end);

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    [Fact]
    public async Task A_peer_calls_and_hangs_up()
    {
        await using var peer = new ScriptedSipPeer(transport.Local);
        var ok = await peer.Ask(peer.Request("INVITE", "sip:100@localhost", "<sip:7@localhost>;tag=p", "<sip:100@localhost>", "call-1", 1, body: "v=0\r\n"));
        Assert.Equal((200, "v=0\r\n"), (ok.Status, Text(ok.Body.Span)));
        var again = await peer.ExpectResponse();
        Assert.Equal(ok.To.ToString(), again.To.ToString()); // not acknowledged yet
        await peer.Send(peer.Request("ACK", "sip:100@localhost", "<sip:7@localhost>;tag=p", ok.To.ToString(), "call-1", 1));
        await peer.Send(peer.Request("BYE", "sip:100@localhost", "<sip:7@localhost>;tag=p", ok.To.ToString(), "call-1", 2));
        await peer.Expect(m => m is SipResponse { Status: 200, CSeq.Method: SipMethod.Bye }, "200 to BYE");
        Assert.Equal(CallEndKind.PeerHungUp, (await ended.Task.WaitAsync(peer.Patience, TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task A_trunk_that_challenges_is_answered_with_credentials_and_a_higher_number()
    {
        await using var trunk = new ScriptedSipPeer(transport.Local);
        loop.Post(() => agent.Invite(new("sip:1@localhost", "<sip:100@localhost>", "<sip:1@localhost>", transport.To(trunk.Local), "v=0\r\n"u8.ToArray()) { Credentials = new("user", "secret") }, this));
        var first = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(trunk.Response(first, 407, headers: "Proxy-Authenticate: Digest realm=\"t\", nonce=\"n\", qop=\"auth\"\r\n"));
        await trunk.ExpectRequest(SipMethod.Ack);
        var second = (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Invite, CSeq.Number: 2 }, "the second INVITE");
        Assert.Equal((first.CallIdText, Text(first.From.Tag)), (second.CallIdText, Text(second.From.Tag)));
        Assert.Contains("username=\"user\"", second.Text(HeaderName.ProxyAuthorization), StringComparison.Ordinal);
        await trunk.Send(trunk.Response(second, 407, headers: "Proxy-Authenticate: Digest realm=\"t\", nonce=\"n2\", qop=\"auth\"\r\n"));
        Assert.Equal((CallEndKind.Refused, 407), (await ended.Task.WaitAsync(trunk.Patience, TestContext.Current.CancellationToken)) switch { var e => (e.Kind, e.Status) });
    }

    [Fact]
    public async Task A_challenged_BYE_is_sent_again_with_credentials()
    {
        await using var trunk = new ScriptedSipPeer(transport.Local);
        loop.Post(() => agent.Invite(new("sip:1@localhost", "<sip:100@localhost>", "<sip:1@localhost>", transport.To(trunk.Local), "v=0\r\n"u8.ToArray()) { Credentials = new("user", "secret") }, this, "hang up"));
        await trunk.Send(trunk.Response(await trunk.ExpectRequest(SipMethod.Invite), 200, body: "v=0\r\n"));
        await trunk.ExpectRequest(SipMethod.Ack);
        await trunk.Send(trunk.Response(await trunk.ExpectRequest(SipMethod.Bye), 401, headers: "WWW-Authenticate: Digest realm=\"t\", nonce=\"n\"\r\n"));
        var bye = (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Bye, CSeq.Number: 3 }, "the second BYE");
        Assert.Contains("username=\"user\"", bye.Text(HeaderName.Authorization), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_survived_and_what_can_be_answered_is()
    {
        await using var peer = new ScriptedSipPeer(transport.Local);
        await peer.Send("\r\n\r\n");
        await peer.Send([0xFF, 0xFE, 0x00]);
        await peer.Send("SIP/2.0 200 OK\r\n\r\n");
        Assert.Equal(400, (await peer.Ask(peer.Request("OPTIONS", "sip:x y", "<sip:7@localhost>;tag=p", "<sip:100@localhost>", "c", 1))).Status);
        var options = await peer.Ask(peer.Request("OPTIONS", "sip:localhost", "<sip:7@localhost>;tag=p", "<sip:100@localhost>", "c", 2));
        Assert.Equal((200, A.Rules.Allow, "test"), (options.Status, options.Text(HeaderName.Allow), options.Text(HeaderName.Server)));
        Assert.Equal(481, (await peer.Ask(peer.Request("BYE", "sip:localhost", "<sip:7@localhost>;tag=p", "<sip:100@localhost>;tag=gone", "c", 3))).Status);
    }
}
