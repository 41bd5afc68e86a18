using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Sip.Tests.Transport;

public sealed class TcpTransportTests : ISipUser, IClientUser, IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly SipLoop loop = new(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
    readonly TaskCompletionSource<int> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    SipEndpoint endpoint = null!;
    TcpTransport transport = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        endpoint = new(loop, SipTimers.Rfc, this, new());
        transport = await TcpTransport.Bind(new(IPAddress.Loopback, 0), "127.0.0.1", loop, endpoint, NullLoggerFactory.Instance);
        loop.Start();
        transport.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        loop.Dispose();
    }

    void ISipUser.OnRequest(ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
    void ISipUser.OnAck(SipRequest ack) { }
    void ISipUser.OnCancel(ServerTransaction invite, SipRequest cancel) => invite.Respond(487);
    void ISipUser.OnServerFailed(ServerTransaction transaction, TransactionFailure failure) { }
    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response) => answer.TrySetResult(response.Status);
    void IClientUser.OnFailed(ClientTransaction transaction, TransactionFailure failure) => answer.TrySetException(new InvalidOperationException(failure.ToString()));

    async Task<Socket> Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(transport.Local, Stop);
        return socket;
    }

    static string Options(string branch, string length = "Content-Length: 0\r\n") =>
        $"OPTIONS sip:a@h SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK{branch}\r\nMax-Forwards: 70\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\nCall-ID: {branch}\r\nCSeq: 1 OPTIONS\r\n{length}\r\n";

    /// <summary>Reads until the text is there, or the stream ends.</summary>
    static async Task<string> Hear(Socket socket, string? until = null)
    {
        var heard = "";
        var buffer = new byte[4096];
        while (until is null || !heard.Contains(until, StringComparison.Ordinal))
        {
            int count;
            try
            {
                count = await socket.ReceiveAsync(buffer, Stop).AsTask().WaitAsync(Patience, Stop);
            }
            catch (SocketException) // reset: closed with bytes unread
            {
                break;
            }
            if (count == 0) break;
            heard += Encoding.ASCII.GetString(buffer, 0, count);
        }
        return heard;
    }

    static Task Say(Socket socket, string text) => socket.SendAsync(Encoding.ASCII.GetBytes(text), Stop).AsTask();

    [Fact]
    public async Task Requests_are_answered_along_their_connection()
    {
        using var phone = await Connect();
        await Say(phone, Options("a") + Options("b"));
        var heard = await Hear(phone, "Call-ID: b");
        Assert.Equal(2, heard.Split("SIP/2.0 200 OK").Length - 1);
    }

    [Fact]
    public async Task A_ping_is_answered_with_an_empty_line()
    {
        using var phone = await Connect();
        await Say(phone, "\r\n\r\n");
        Assert.Equal("\r\n", await Hear(phone, "\r\n"));
    }

    [Fact]
    public async Task A_message_without_length_is_refused_and_ends_the_connection()
    {
        using var phone = await Connect();
        await Say(phone, Options("a", length: ""));
        Assert.StartsWith("SIP/2.0 400 Missing Content-Length", await Hear(phone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_never_ends_ends_the_connection_only()
    {
        using var flood = await Connect();
        using var phone = await Connect();
        await Say(flood, new string('x', SipStream.Largest + 1));
        Assert.Equal("", await Hear(flood));
        await Say(phone, Options("a"));
        Assert.StartsWith("SIP/2.0 200", await Hear(phone, "\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_a_peer_without_connection_opens_one_and_gets_its_answer()
    {
        using var peer = new TcpListener(IPAddress.Loopback, 0);
        peer.Start();
        var to = (IPEndPoint)peer.LocalEndpoint;
        loop.Post(() => endpoint.Send(endpoint.Request(SipMethod.Options, "sip:there"u8, transport.To(to))
            .Header(HeaderName.From, "<sip:here@h>;tag=1").Header(HeaderName.To, "<sip:there@h>").Header(HeaderName.CallId, "a").CSeq(1, SipMethod.Options).FinishRequest(), transport.To(to), this));
        using var accepted = await peer.AcceptSocketAsync(Stop).AsTask().WaitAsync(Patience, Stop);
        var request = await Hear(accepted, "\r\n\r\n");
        Assert.Contains("Via: SIP/2.0/TCP 127.0.0.1:", request, StringComparison.Ordinal);
        await Say(accepted, request.Replace("OPTIONS sip:there SIP/2.0", "SIP/2.0 486 Busy Here", StringComparison.Ordinal));
        Assert.Equal(486, await answer.Task.WaitAsync(Patience, Stop));
    }
}
