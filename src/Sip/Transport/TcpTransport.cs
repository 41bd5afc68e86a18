using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Sip.Messages;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Sip.Transport;

/// <summary>SIP over TCP (RFC 3261 §18): connections are Kestrel's, messages are the loop's. A connection is known by its far end's address, whoever opened it.</summary>
public sealed class TcpTransport : SipTransport, IAsyncDisposable
{
    /// <summary>Connections in all, and of one address: more are closed as soon as they are accepted.</summary>
    const int MostConnections = 20_000, MostOfAddress = 1_000;

    /// <summary>Who has not sent one whole message by then has nothing to say; who was silent for so long is gone without a word. Longer than any registration.</summary>
    static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(30), Silence = TimeSpan.FromHours(25), Look = TimeSpan.FromSeconds(10), ConnectWithin = TimeSpan.FromSeconds(4), LastWords = TimeSpan.FromSeconds(2);

    readonly SocketConnectionContextFactory outbound;
    readonly IConnectionListener listener;
    readonly SipLoop loop;
    readonly IDatagrams receiver;
    readonly Action<byte[], SipFlow> onUnbounded;
    readonly Dictionary<IPEndPoint, TcpConnection> connections = [];
    readonly Dictionary<IPAddress, int> perAddress = [];
    readonly byte[] sentBy;
    readonly CancellationTokenSource stopping = new();
    Task accepting = Task.CompletedTask;

    TcpTransport(IConnectionListener listener, string host, SipLoop loop, SipEndpoint endpoint, ILoggerFactory logs)
    {
        (this.listener, this.loop, receiver, onUnbounded) = (listener, loop, endpoint, endpoint.OnUnbounded);
        outbound = new(new SocketConnectionFactoryOptions(), logs.CreateLogger<TcpTransport>());
        Local = (IPEndPoint)listener.EndPoint;
        sentBy = Encoding.ASCII.GetBytes($"{host}:{Local.Port}");
    }

    public override string ViaName => "TCP";
    public override bool IsReliable => true;
    public override ReadOnlyMemory<byte> SentBy => sentBy;
    public override string UriParameters => ";transport=tcp";
    public IPEndPoint Local { get; }

    /// <summary>Connections alive now. Loop only.</summary>
    public int Connections => connections.Count;

    /// <summary>Listens; connections are taken from <see cref="Start"/> on. Throws <see cref="IOException"/> where the port is taken, which is a fault of the start.</summary>
    /// <param name="host">Our host as peers see it: what Via and Contact name.</param>
    public static async Task<TcpTransport> Bind(IPEndPoint local, string host, SipLoop loop, SipEndpoint endpoint, ILoggerFactory logs)
    {
        var factory = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs);
        try
        {
            return new(await factory.BindAsync(local), host, loop, endpoint, logs);
        }
        catch (AddressInUseException taken)
        {
            throw new IOException(taken.Message, taken);
        }
    }

    public SipFlow To(IPEndPoint remote) => new(this, remote);

    public void Start()
    {
        accepting = Accept();
        loop.Post(() => loop.Schedule(Look, CloseSilent));
    }

    async Task Accept()
    {
        while (await listener.AcceptAsync(stopping.Token) is { } context)
        {
            if (context.RemoteEndPoint is not IPEndPoint remote) context.Abort();
            else loop.Post(() => Admit(context, remote));
        }
    }

    void Admit(ConnectionContext context, IPEndPoint remote)
    {
        if (connections.Count >= MostConnections || perAddress.GetValueOrDefault(remote.Address) >= MostOfAddress || connections.ContainsKey(remote))
        {
            context.Abort();
            _ = context.DisposeAsync().AsTask();
            return;
        }
        var connection = Add(remote);
        connection.Open(context);
        _ = Serve(connection, context);
    }

    TcpConnection Add(IPEndPoint remote)
    {
        var connection = new TcpConnection(this, loop, remote);
        connections.Add(remote, connection);
        perAddress[remote.Address] = perAddress.GetValueOrDefault(remote.Address) + 1;
        return connection;
    }

    static async Task Serve(TcpConnection connection, ConnectionContext context)
    {
        await Task.Yield(); // not on the loop
        await connection.Read(context);
        var disposal = context.DisposeAsync().AsTask(); // sends what is written
        if (await Task.WhenAny(disposal, Task.Delay(LastWords)) != disposal) context.Abort();
        await disposal;
    }

    /// <summary>Along the connection, which is opened where there is none (§18.1.1). True only says that it is on its way: a peer that cannot be reached shows by its silence.</summary>
    public override bool TrySend(ReadOnlySpan<byte> message, IPEndPoint to)
    {
        if (connections.TryGetValue(to, out var connection)) return connection.TrySend(message);
        if (connections.Count >= MostConnections || stopping.IsCancellationRequested) return false;
        connection = Add(to);
        _ = Connect(connection);
        return connection.TrySend(message);
    }

    async Task Connect(TcpConnection connection)
    {
        var socket = new Socket(connection.Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            patience.CancelAfter(ConnectWithin);
            await socket.ConnectAsync(connection.Remote, patience.Token);
            var context = outbound.Create(socket);
            loop.Post(() => connection.Open(context));
            await Serve(connection, context);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or IOException)
        {
            socket.Dispose();
            loop.Post(connection.Close);
        }
    }

    void CloseAll()
    {
        foreach (var connection in connections.Values.ToArray()) connection.Close();
    }

    void CloseSilent()
    {
        foreach (var connection in connections.Values.ToArray())
            if (loop.Now - connection.HeardAt > (connection.HasSpoken ? Silence : FirstWord)) connection.Close();
        if (!stopping.IsCancellationRequested) loop.Schedule(Look, CloseSilent);
    }

    internal void Deliver(byte[] message, TcpConnection from) => receiver.OnDatagram(message, To(from.Remote));

    /// <summary>A head of unknown length: the request is answered, and the stream is over.</summary>
    internal void Refuse(byte[] head, TcpConnection from) => onUnbounded(head, To(from.Remote));

    internal void Remove(TcpConnection connection)
    {
        if (!connections.Remove(connection.Remote)) return;
        var left = perAddress[connection.Remote.Address] - 1;
        if (left == 0) perAddress.Remove(connection.Remote.Address);
        else perAddress[connection.Remote.Address] = left;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        loop.Post(CloseAll);
        await listener.UnbindAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await listener.DisposeAsync();
        outbound.Dispose();
        stopping.Dispose();
    }
}
