using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using CallCenter.Kit.Media;
using CallCenter.Sip.Messages;

namespace CallCenter.Kit.Sip;

/// <summary>A SIP phone or trunk without a will of its own: a real UDP socket on loopback, port 0, that sends what the test says and hands over what comes.
/// It retransmits nothing and answers nothing by itself, so a test sees every message.</summary>
public sealed class ScriptedSipPeer : IAsyncDisposable
{
    readonly UdpClient socket;
    readonly Channel<SipMessage> inbox = Channel.CreateUnbounded<SipMessage>();
    readonly CancellationTokenSource stop = new();
    readonly Task reading;

    /// <summary>A later peer may get this one's port, while the product still remembers this one's transactions.</summary>
    readonly string own = Guid.NewGuid().ToString("n")[..12];
    int serial;

    /// <summary>What the test has taken or passed over, oldest first.</summary>
    readonly List<SipMessage> read = [];

    readonly ConcurrentDictionary<SipMessage, long> arrivals = new(ReferenceEqualityComparer.Instance);

    /// <summary>Who spoke last in a call: of several edges not always the one that this peer knows.</summary>
    readonly ConcurrentDictionary<string, IPEndPoint> partners = new();

    /// <param name="server">Where <see cref="Send(byte[])"/> goes, unless somebody else spoke to us in that call.</param>
    /// <param name="port">Its own; 0 = any.</param>
    public ScriptedSipPeer(IPEndPoint server, int port = 0)
    {
        Server = server;
        socket = new(new IPEndPoint(IPAddress.Loopback, port));
        _ = ArrivalTime.Of(socket.Client); // has the kernel take the time from now on
        reading = Read();
    }

    public IPEndPoint Server { get; }
    public IPEndPoint Local => (IPEndPoint)socket.Client.LocalEndPoint!;

    /// <summary>How long an expected message may take.</summary>
    public TimeSpan Patience { get; init; } = Time.Patience.Usual;

    /// <summary>Everything that came, oldest first.</summary>
    public List<SipMessage> Seen { get; } = [];

    /// <summary>When the kernel took a message in that came (ns, CLOCK_MONOTONIC): a reader that had to wait for a processor does not make it late.</summary>
    public long At(SipMessage message) => arrivals[message];

    /// <summary>Drops what the function says true for, before the test sees it: a lossy link.</summary>
    public Func<SipMessage, bool> Loses { get; set; } = static _ => false;

    /// <summary>A contact of this peer.</summary>
    public string Contact(string user = "peer") => $"<sip:{user}@{Local}>";

    /// <summary>A request of this peer's with Via, Max-Forwards, From, To, Call-ID, CSeq and Contact; the branch is new each time.</summary>
    /// <param name="to">To, with a tag inside a dialog.</param>
    public string Request(string method, string uri, string from, string to, string callId, uint number, string headers = "", string body = "", string? branch = null) =>
        $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {Local};branch={branch ?? NewBranch()};rport\r\nMax-Forwards: 70\r\nFrom: {from}\r\nTo: {to}\r\nCall-ID: {callId}\r\nCSeq: {number} {method}\r\n"
        + $"Contact: {Contact()}\r\n{headers}{BodyOf(body, headers)}";

    public string NewBranch() => $"z9hG4bK{own}x{Interlocked.Increment(ref serial)}";

    /// <summary>An answer to a request that came, with a To tag.</summary>
    /// <param name="headers">Whole lines, each with its line end.</param>
    public string Response(SipRequest request, int status, string tag = "peer", string headers = "", string body = "")
    {
        var head = SipWriter.Response(request, status, Encoding.ASCII.GetBytes(tag)).Header(HeaderName.Contact, Contact()).Finish();
        var text = Encoding.UTF8.GetString(head);
        return text[..text.LastIndexOf("Content-Length", StringComparison.Ordinal)] + headers + BodyOf(body, headers);
    }

    static string BodyOf(string body, string headers) =>
        (body.Length > 0 && !headers.Contains("Content-Type:", StringComparison.Ordinal) ? "Content-Type: application/sdp\r\n" : "") + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public Task Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    public async Task Send(byte[] message) => await socket.SendAsync(message, SipParser.TryParse(message, out var parsed, out _) ? partners.GetValueOrDefault(parsed.CallIdText, Server) : Server);

    /// <summary>Sends a request and returns its first response with a status of at least <paramref name="least"/>; those to others are passed over.</summary>
    public async Task<SipResponse> Ask(string request, int least = 200)
    {
        await Send(request);
        return (SipResponse)await Expect(m => m is SipResponse r && r.Status >= least && Answers(r, request), $"a response of {least} or above to {request[..request.IndexOf('\r', StringComparison.Ordinal)]}");
    }

    /// <summary>By branch and CSeq (RFC 3261 §17.1.3), as the request has them written: it may be one that nobody can parse.</summary>
    static bool Answers(SipResponse response, string request) =>
        request.Contains($";branch={Encoding.ASCII.GetString(response.Via.Branch)};", StringComparison.Ordinal) && request.Contains($"\r\nCSeq: {response.Text(HeaderName.CSeq)}\r\n", StringComparison.Ordinal);

    /// <summary>The next request of this method; others are passed over. Fails by saying what it waited for and what came.</summary>
    /// <param name="after">One of the same dialog, whose repetitions are passed over too.</param>
    public async Task<SipRequest> ExpectRequest(SipMethod method, SipRequest? after = null) =>
        (SipRequest)await Expect(m => m is SipRequest r && r.Method == method && r.CSeq.Number > (after?.CSeq.Number ?? 0), after is null ? $"{method}" : $"{method} after {after.CSeq.Number}");

    public async Task<SipResponse> ExpectResponse(int least = 200) => (SipResponse)await Expect(m => m is SipResponse r && r.Status >= least, $"a response of {least} or above");

    /// <summary>The same, where a message that the test has read before may come again, byte by byte: who has not yet had our answer rightly repeats it.</summary>
    public Task<bool> HearsNothingNew(Func<SipMessage, bool> of, TimeSpan time)
    {
        HashSet<string> before;
        lock (read) before = [.. read.Select(m => m.ToString())];
        return StaysQuiet(m => of(m) && !before.Contains(m.ToString()), time);
    }

    /// <summary>True where nothing of this kind comes within the time.</summary>
    public async Task<bool> StaysQuiet(Func<SipMessage, bool> of, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            while (true)
                if (of(await inbox.Reader.ReadAsync(limit.Token))) return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public async Task<SipMessage> Expect(Func<SipMessage, bool> wanted, string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var message = await inbox.Reader.ReadAsync(limit.Token);
                lock (read) read.Add(message);
                if (wanted(message)) return message;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"waited {Patience.TotalSeconds} s for {name}; came: {string.Join(" | ", Told())}");
        }
    }

    List<string> Told()
    {
        lock (Seen) return [.. Seen.Select(FirstLine)];
    }

    static string FirstLine(SipMessage message)
    {
        var text = message.ToString();
        return text[..text.IndexOf('\n', StringComparison.Ordinal)].TrimEnd();
    }

    async Task Read()
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(stop.Token);
                Take(received, ArrivalTime.Of(socket.Client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException || (end is SocketException && stop.IsCancellationRequested))
        {
            inbox.Writer.TryComplete();
        }
    }

    /// <summary>
    /// What does not parse is a fault of the product, and so of the test; but only if the product sent it: whoever had this port
    /// before, in a test of somebody else, may still be sent media.
    /// </summary>
    void Take(UdpReceiveResult received, long at)
    {
        var datagram = received.Buffer;
        if (!SipParser.TryParse(datagram, out var message, out var fault))
        {
            if (fault.Kind != SipFaultKind.KeepAlive && received.RemoteEndPoint.Equals(Server)) inbox.Writer.TryComplete(new InvalidDataException($"{fault.Kind}: {Encoding.UTF8.GetString(datagram)}"));
            return;
        }
        if (Loses(message)) return;
        partners[message.CallIdText] = received.RemoteEndPoint;
        arrivals[message] = at;
        lock (Seen) Seen.Add(message);
        inbox.Writer.TryWrite(message);
    }

    /// <summary>False where nobody listens any more where this call's messages go: none will be answered.</summary>
    public bool IsHeard(string callId = "")
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 100 };
        probe.Connect(partners.GetValueOrDefault(callId, Server));
        try
        {
            probe.Send("\r\n\r\n"u8); // a keep-alive (RFC 5626 §4.4.1)
            _ = probe.Receive(new byte[16]);
            return true;
        }
        catch (SocketException silence)
        {
            return silence.SocketErrorCode != SocketError.ConnectionRefused; // its port is closed
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await reading;
        stop.Dispose();
    }
}
