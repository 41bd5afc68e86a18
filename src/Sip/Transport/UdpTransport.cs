using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transport;

/// <summary>Takes datagrams off a transport, on the loop.</summary>
public interface IDatagrams
{
    void OnDatagram(ReadOnlySpan<byte> datagram, SipFlow from);
}

/// <summary>SIP over UDP on one socket (RFC 3261 §18). Bound to <c>::</c> it also takes IPv4.</summary>
/// <remarks>Requests above 1300 bytes ought to go over a congestion-controlled transport (§18.1.1); while UDP is the only one they go as fragments, which every
/// phone in use takes. The kernel's receive buffer is the queue, and it is bounded.</remarks>
public sealed class UdpTransport : SipTransport, ILoopSource, IDisposable
{
    const int ReceiveBuffer = 4 << 20, SendBuffer = 1 << 20;

    /// <summary>Datagrams read before timers and posted work get their turn.</summary>
    const int Share = 64;

    readonly Socket socket;
    readonly int descriptor;
    readonly byte[] buffer = new byte[65_536];
    readonly byte[] sentBy;
    readonly SockAddress addresses;
    IDatagrams? receiver;
    SipLoop? loop;

    UdpTransport(Socket socket, string host)
    {
        this.socket = socket;
        descriptor = (int)socket.Handle;
        Local = (IPEndPoint)socket.LocalEndPoint!;
        (Host, sentBy) = (host, Encoding.ASCII.GetBytes($"{host}:{Local.Port}"));
        addresses = new(socket.AddressFamily);
        Native.TakenAt(descriptor);
    }

    public override string ViaName => "UDP";
    public override bool IsReliable => false;
    public override ReadOnlyMemory<byte> SentBy => sentBy;

    /// <summary>Our host as peers see it, IPv6 in brackets.</summary>
    public string Host { get; }
    public IPEndPoint Local { get; }

    /// <summary>Binds; port 0 takes any. Throws <see cref="SocketException"/> where the address is taken, which is a fault of the start.</summary>
    /// <param name="advertised">What Via and Contact name instead of the bound address; null for that address itself, or this machine's where it is "any".</param>
    public static UdpTransport Bind(IPEndPoint local, IPAddress? advertised = null)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (local.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.ReceiveBufferSize = ReceiveBuffer;
            socket.SendBufferSize = SendBuffer;
            socket.Bind(local);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
        return new(socket, AddressText.Host(advertised ?? Seen(local.Address)));
    }

    static IPAddress Seen(IPAddress bound)
    {
        if (!bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any)) return bound;
        return Array.Find(Dns.GetHostAddresses(Dns.GetHostName()), a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a)) ?? IPAddress.Loopback;
    }

    public SipFlow To(IPEndPoint remote) => new(this, remote);

    /// <summary>Begins to read. Before the loop starts, or on it.</summary>
    public void Attach(SipLoop loop, IDatagrams datagrams)
    {
        (receiver, this.loop) = (datagrams, loop);
        loop.Add(this);
    }

    /// <summary>Stops reading. On the loop.</summary>
    public void Detach(SipLoop loop) => loop.Remove(this);

    public override bool TrySend(ReadOnlySpan<byte> message, IPEndPoint to)
    {
        Span<byte> address = stackalloc byte[SockAddress.Size];
        return addresses.TryWrite(to, address, out var length) && Native.Send(descriptor, message, address[..length]);
    }

    int ILoopSource.Descriptor => descriptor;

    void ILoopSource.Read()
    {
        Span<byte> address = stackalloc byte[SockAddress.Size];
        for (var i = 0; i < Share; i++)
        {
            var length = Native.Receive(descriptor, buffer, address);
            if (length < 0) return;
            loop!.TookUp(Native.TakenAt(descriptor));
            if (addresses.Read(address) is { } remote) receiver!.OnDatagram(buffer.AsSpan(0, length), new(this, remote));
        }
    }

    public void Dispose() => socket.Dispose();
}
