using System.Net;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Transport;

public sealed class EndpointOverUdpTests
{
    sealed class Answering(int status) : ISipUser, IClientUser
    {
        public readonly TaskCompletionSource<int> Answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public void OnRequest(ServerTransaction transaction, SipRequest request) => transaction.Respond(status);
        public void OnAck(SipRequest ack) { }
        public void OnCancel(ServerTransaction invite, SipRequest cancel) => invite.Respond(487);
        public void OnServerFailed(ServerTransaction transaction, TransactionFailure failure) => throw new InvalidOperationException(failure.ToString());
        public void OnResponse(ClientTransaction transaction, SipResponse response) => Answer.TrySetResult(response.Status);
        public void OnFailed(ClientTransaction transaction, TransactionFailure failure) => Answer.TrySetException(new InvalidOperationException(failure.ToString()));
    }

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public async Task A_request_over_real_sockets_gets_its_answer(string address)
    {
        using var loop = new SipLoop(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
        using var here = UdpTransport.Bind(new(IPAddress.Parse(address), 0));
        using var there = UdpTransport.Bind(new(IPAddress.Parse(address), 0));
        var user = new Answering(200);
        var endpoint = new SipEndpoint(loop, SipTimers.Rfc, user, new());
        here.Attach(loop, endpoint);
        there.Attach(loop, new SipEndpoint(loop, SipTimers.Rfc, user, new()));
        loop.Start();
        loop.Post(() =>
        {
            var flow = here.To(there.Local);
            var options = endpoint.Request(SipMethod.Options, "sip:there"u8, flow)
                .Header(HeaderName.From, "<sip:here@example.org>;tag=1").Header(HeaderName.To, "<sip:there@example.org>")
                .Header(HeaderName.CallId, "a").CSeq(1, SipMethod.Options);
            endpoint.Send(options.FinishRequest(), flow, user);
        });
        Assert.Equal(200, await user.Answer.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }
}
