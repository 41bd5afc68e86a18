using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Transport;
using CallCenter.Media.Transport.Ring;

namespace CallCenter.Media.Tests.Transport;

/// <summary>A ring over real sockets on loopback, where what is sent has come when the sender's call returns. This machine has one, or these fail.</summary>
public sealed class PacketRingTests : IDisposable
{
    const long AtOnce = 0, Patient = 10 * MediaClock.PerSecond;

    readonly PacketRing ring = PacketRing.TryOpen() ?? throw new PlatformNotSupportedException("Linux 6.1 is needed, and io_uring not forbidden");
    readonly List<Socket> sockets = [];

    public void Dispose()
    {
        ring.Dispose();
        foreach (var socket in sockets) socket.Dispose();
    }

    Socket Open(IPAddress? at = null)
    {
        at ??= IPAddress.Loopback;
        var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000, Blocking = true };
        socket.Bind(new IPEndPoint(at, 0));
        sockets.Add(socket);
        return socket;
    }

    static IPEndPoint At(Socket socket) => (IPEndPoint)socket.LocalEndPoint!;

    static int Number(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    int Watch(Socket socket, ulong key)
    {
        var watch = ring.Watch(Number(socket), key);
        ring.Wait(AtOnce);
        Assert.False(ring.TryTake(out _));
        return watch;
    }

    /// <summary>All that is there: by key, first byte and length.</summary>
    List<(ulong Key, int First, int Length)> Taken()
    {
        List<(ulong, int, int)> taken = [];
        ring.Wait(AtOnce);
        while (ring.TryTake(out var packet)) taken.Add((packet.Key, packet.Bytes.IsEmpty ? -1 : packet.Bytes[0], packet.Bytes.Length));
        return taken;
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void What_comes_is_taken_whole_with_who_sent_it(string address)
    {
        var (near, far) = (Open(IPAddress.Parse(address)), Open(IPAddress.Parse(address)));
        Watch(near, 7);
        var sent = new byte[ReceiveBatch.BufferSize];
        new Random(1).NextBytes(sent);
        far.SendTo(sent, At(near));
        far.SendTo([], At(near));
        ring.Wait(Patient);
        Assert.True(ring.TryTake(out var packet));
        Assert.Equal(7ul, packet.Key);
        Assert.True(packet.Bytes.SequenceEqual(sent));
        Assert.Equal(PeerName.Of(At(far)), packet.From);
        Assert.True(ring.TryTake(out packet));
        Assert.Equal(0, packet.Bytes.Length);
        Assert.False(ring.TryTake(out _));
    }

    [Fact]
    public void What_came_before_its_socket_was_watched_is_taken_too()
    {
        var (near, far) = (Open(), Open());
        far.SendTo([1], At(near));
        ring.Watch(Number(near), 7);
        Assert.Equal([(7ul, 1, 1)], Taken());
    }

    [Fact]
    public void More_than_there_are_buffers_for_is_taken_in_order_and_nothing_twice()
    {
        var far = Open();
        var near = Enumerable.Range(0, 40).Select(_ => Open()).ToArray();
        for (var i = 0; i < near.Length; i++) Watch(near[i], (ulong)i);
        const int Each = 100; // what fits into a socket
        for (var n = 0; n < Each; n++)
            foreach (var socket in near) far.SendTo([(byte)n], At(socket));
        List<(ulong Key, int First, int Length)> taken = [];
        for (var round = 0; taken.Count < near.Length * Each && round < 1000; round++) taken.AddRange(Taken());
        for (var i = 0; i < near.Length; i++) Assert.Equal(Enumerable.Range(0, Each), taken.Where(t => t.Key == (ulong)i).Select(t => t.First));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void What_is_sent_leaves_in_order_by_the_watched_socket(string address)
    {
        var (near, far) = (Open(IPAddress.Parse(address)), Open(IPAddress.Parse(address)));
        var watch = Watch(near, 7);
        const int Count = 150; // more than one call takes
        for (var i = 0; i < Count; i++) Assert.True(ring.Send(watch, [(byte)i], PeerName.Of(At(far))));
        ring.Submit();
        EndPoint from = new IPEndPoint(IPAddress.IPv6Any, 0);
        var heard = new byte[10];
        if (address == "127.0.0.1") from = new IPEndPoint(IPAddress.Any, 0);
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(1, far.ReceiveFrom(heard, ref from));
            Assert.Equal((byte)i, heard[0]);
            Assert.Equal(At(near), from);
        }
        Assert.Equal(0, far.Available);
        Assert.Equal(0, ring.TakeFailures());
    }

    [Fact]
    public void What_the_kernel_refuses_is_counted_and_stops_nothing_else()
    {
        var (near, far) = (Open(), Open());
        var watch = Watch(near, 7);
        Assert.True(ring.Send(watch, [1], PeerName.Of(new(IPAddress.Loopback, 0))));
        Assert.True(ring.Send(watch, [2], PeerName.Of(At(far))));
        Assert.False(ring.Send(watch, new byte[70_000], PeerName.Of(At(far)))); // nor does it fit
        Assert.Empty(Taken());
        Assert.Equal(1, ring.TakeFailures());
        Assert.Equal(0, ring.TakeFailures());
        var heard = new byte[10];
        Assert.Equal(1, far.Receive(heard));
        Assert.Equal(2, heard[0]);
    }

    [Fact]
    public void A_fault_that_the_network_reports_ends_no_watch()
    {
        var (near, far) = (Open(), Open());
        var gone = At(far);
        far.Dispose();
        near.Connect(gone);
        var watch = Watch(near, 7);
        ring.Send(watch, [1], default);
        ring.Submit(); // ICMP: nobody is there
        Assert.Empty(Taken());
        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(gone);
        Assert.Empty(Taken()); // asked anew
        again.SendTo([2], At(near));
        Assert.Equal([(7ul, 2, 1)], Taken());
    }

    [Fact]
    public void A_released_socket_gives_its_port_free_and_what_had_come_to_it_is_nobody_elses()
    {
        var (first, second, far) = (Open(), Open(), Open());
        var watch = Watch(first, 1);
        far.SendTo([1], At(first));
        var released = false;
        ring.Release(watch, () => released = true);
        ring.Watch(Number(second), 2);
        far.SendTo([2], At(second));
        Assert.Equal([(2ul, 2, 1)], Taken());
        Assert.True(released);
        Assert.Equal(1, ring.Held);
        var port = At(first).Port;
        first.Dispose();
        using var another = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        another.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }

    [Fact]
    public void Sockets_come_and_go_by_the_thousand()
    {
        var far = Open();
        for (var round = 0; round < 100; round++)
        {
            var near = Enumerable.Range(0, 20).Select(_ => Open()).ToArray();
            var watches = near.Select((s, i) => ring.Watch(Number(s), (ulong)i)).ToArray();
            foreach (var socket in near) far.SendTo([(byte)round], At(socket));
            Assert.Equal(Enumerable.Range(0, near.Length).Select(i => ((ulong)i, round, 1)), Taken().OrderBy(t => t.Key));
            var released = 0;
            foreach (var watch in watches) ring.Release(watch, () => released++);
            Assert.Empty(Taken());
            Assert.Equal((near.Length, 0), (released, ring.Held));
            foreach (var socket in near) socket.Dispose();
        }
    }

    [Fact]
    public void One_that_waits_is_woken()
    {
        using var readiness = new Readiness();
        ring.WakeBy(readiness.Descriptor);
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(Taken());
            Assert.False(ring.TakeWoken());
            var waker = new Thread(readiness.Wake);
            waker.Start();
            ring.Wait(-1);
            Assert.False(ring.TryTake(out _));
            Assert.True(ring.TakeWoken());
            readiness.Wait(0, out var woken);
            Assert.True(woken);
            waker.Join();
        }
    }
}
