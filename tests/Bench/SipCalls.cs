using System.Diagnostics;
using System.Globalization;
using System.Net;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Bench;

/// <summary>Signalling alone: whole calls (INVITE, 180, 200, ACK, BYE, 200) between two user agents over loopback UDP, and the parser by itself.</summary>
static class SipCalls
{
    /// <summary>Calls under way at any moment.</summary>
    const int Window = 32;

    public static int Run(ReadOnlySpan<string> args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        Parse();
        using var caller = new Side();
        using var callee = new Side();
        caller.Dial(callee, Math.Min(count, 2_000));
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        caller.Dial(callee, count);
        var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} calls: {count / watch.Elapsed.TotalSeconds:0} calls/s, {spent.TotalMilliseconds * 1000 / count:0} µs CPU a call (both sides), {caller.Failed} failed"));
        return caller.Failed == 0 ? 0 : 1;
    }

    static void Parse()
    {
        const string Sdp = "v=0\r\no=bench 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 20000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n";
        var invite = System.Text.Encoding.ASCII.GetBytes("INVITE sip:4008001003@127.0.0.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK-1-1-0\r\nMax-Forwards: 70\r\nFrom: \"c71\" <sip:71@127.0.0.1:5080>;tag=c1-1\r\n"
            + "To: <sip:4008001003@127.0.0.1:5060>\r\nCall-ID: 1-1@127.0.0.1\r\nCSeq: 1 INVITE\r\nContact: <sip:71@127.0.0.1:5080;transport=UDP>\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE\r\nUser-Agent: bench-caller\r\n"
            + $"Content-Type: application/sdp\r\nContent-Length: {Sdp.Length}\r\n\r\n{Sdp}");
        var best = double.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 10_000; i++) SipParser.TryParse(invite, out _, out _);
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / 10_000);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        SipParser.TryParse(invite, out _, out _);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"INVITE of {invite.Length} bytes: {best:0.00} µs, {GC.GetAllocatedBytesForCurrentThread() - before} bytes allocated"));
    }

    sealed class Side : IAgentUser, ICallUser, IDisposable
    {
        readonly SipLoop loop;
        readonly UdpTransport transport;
        readonly UserAgent agent;
        readonly ManualResetEventSlim done = new();
        SipFlow far;
        int left, open;

        public Side()
        {
            loop = new(TimeProvider.System, fault => Console.Error.WriteLine(fault));
            transport = UdpTransport.Bind(new(IPAddress.Loopback, 0));
            var rules = new UasRules([SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Options], [], ["application/sdp"]);
            agent = new(loop, SipTimers.Rfc, new(), rules, this);
            transport.Attach(loop, agent.Endpoint);
            loop.Start();
        }

        public int Failed { get; private set; }

        public void Dial(Side to, int calls)
        {
            done.Reset();
            loop.Post(() =>
            {
                far = transport.To(to.transport.Local);
                left = calls;
                for (var i = 0; i < Window; i++) Next();
            });
            done.Wait();
        }

        void Next()
        {
            if (left == 0)
            {
                if (open == 0) done.Set();
                return;
            }
            left--;
            open++;
            agent.Invite(new("sip:100@127.0.0.1", "<sip:7@127.0.0.1>", "<sip:100@127.0.0.1>", far, "v=0\r\n"u8.ToArray()), this);
        }

        public void OnInvite(ServerTransaction transaction, SipRequest invite)
        {
            var call = agent.Take(transaction, this)!;
            call.Progress(180);
            call.Accept("v=0\r\n"u8);
        }

        public void OnAnswered(Call call, SipResponse response) => call.HangUp();

        public void OnEnded(Call call, CallEnd end)
        {
            if (call.IsIncoming) return;
            if (end.Kind != CallEndKind.HungUp) Failed++;
            open--;
            Next();
        }

        public void OnRequest(ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
        public void OnCancelled(ServerTransaction invite) { }
        public void OnProgress(Call call, SipResponse response) { }
        public void OnAcknowledged(Call call, SipRequest ack) { }
        public void OnOffer(Call call, ServerTransaction transaction, SipRequest request) { }
        public void OnOfferAnswered(Call call, SipResponse? response) { }
        public void OnRequest(Call call, ServerTransaction transaction, SipRequest request) { }

        public void Dispose()
        {
            loop.Dispose();
            transport.Dispose();
        }
    }
}
