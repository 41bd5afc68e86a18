using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.AppHost.Rehearsals;

/// <summary>Callers and agents of a rehearsal, all at one address of this machine: callers hang up after a while, agents pick up at once.</summary>
internal sealed class RehearsalPhones : IAgentUser, IDisposable
{
    private static readonly TimeSpan Talk = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(5);

    private readonly SipLoop loop;
    private readonly UdpTransport transport;
    private readonly UserAgent agent;
    private readonly Socket ear = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp); // what is sent there, nobody hears
    private readonly byte[] audio;

    /// <param name="onFault">A bug in the signalling showed as an exception.</param>
    public RehearsalPhones(TimeProvider time, Action<Exception> onFault)
    {
        ear.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        audio = Encoding.ASCII.GetBytes(string.Join("\r\n",
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", $"m=audio {((IPEndPoint)ear.LocalEndPoint!).Port} RTP/AVP 0 101", "a=rtpmap:0 PCMU/8000", "a=rtpmap:101 telephone-event/8000", "a=sendrecv", ""));
        loop = new(time, onFault);
        transport = UdpTransport.Bind(new(IPAddress.Loopback, 0));
        agent = new(loop, SipTimers.Rfc, new(), new([SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Options], [], ["application/sdp"]), this);
        transport.Attach(loop, agent.Endpoint);
        loop.Start();
    }

    /// <summary>Where the agents' phones are reached.</summary>
    public IPEndPoint Address => transport.Local;

    /// <summary>One call from its INVITE to its end; false if it was not answered.</summary>
    public async Task<bool> Call(IPEndPoint edge, string number, int caller)
    {
        var line = new Line(loop);
        loop.Post(() =>
        {
            var call = agent.Invite(new($"sip:{number}@{edge}", $"<sip:{7000 + caller}@{Address}>", $"<sip:{number}@{edge}>", transport.To(edge), audio), line);
            if (!call.IsEnded) loop.Schedule(Patience, () => call.HangUp());
        });
        return await line.Over.Task;
    }

    public void OnInvite(ServerTransaction transaction, SipRequest invite)
    {
        if (agent.Take(transaction, new Line(loop)) is not { } call) return;
        call.Progress(180);
        call.Accept(audio);
    }

    public void OnRequest(ServerTransaction transaction, SipRequest request) => transaction.Respond(200);

    public void OnCancelled(ServerTransaction invite) { }

    public void Dispose()
    {
        loop.Dispose();
        transport.Dispose();
        ear.Dispose();
    }

    /// <summary>One end of a call.</summary>
    private sealed class Line(SipLoop loop) : ICallUser
    {
        public TaskCompletionSource<bool> Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnAnswered(Call call, SipResponse response) => loop.Schedule(Talk, () => call.HangUp());

        public void OnEnded(Call call, CallEnd end) => Over.TrySetResult(end.Kind == CallEndKind.HungUp);

        public void OnProgress(Call call, SipResponse response) { }

        public void OnAcknowledged(Call call, SipRequest ack) { }

        public void OnOffer(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(488);

        public void OnOfferAnswered(Call call, SipResponse? response) { }

        public void OnRequest(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
    }
}
