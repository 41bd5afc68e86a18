using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Transport;

/// <summary>Packets over a connection of TCP (RFC 4571), which cuts and joins as it likes.</summary>
public sealed class MediaStreamTests : IDisposable
{
    readonly Socket ours, theirs = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
    readonly MediaStream stream;

    public MediaStreamTests()
    {
        using var door = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        door.Listen();
        theirs.Connect(door.LocalEndPoint!);
        ours = door.Accept();
        ours.Blocking = false;
        stream = new((int)ours.SafeHandle.DangerousGetHandle(), PeerName.Of((IPEndPoint)theirs.LocalEndPoint!), 7);
    }

    public void Dispose()
    {
        ours.Dispose(); // the socket is its own
        theirs.Dispose();
    }

    static byte[] Framed(byte[] packet)
    {
        byte[] framed = [0, 0, .. packet];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)packet.Length);
        return framed;
    }

    static byte[] Packet(int length, int seed)
    {
        var packet = new byte[length];
        new Random(seed).NextBytes(packet);
        return packet;
    }

    bool Fills()
    {
        ours.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead);
        return stream.TryFill(out _);
    }

    [Fact]
    public void A_packet_is_whole_however_it_comes()
    {
        var (first, second) = (Packet(172, 1), Packet(MediaStream.LongestPacket - 200, 2));
        byte[] both = [.. Framed(first), .. Framed(second)];
        foreach (var b in both.AsSpan(0, 100))
        {
            theirs.Send([b]);
            Assert.True(Fills());
            Assert.False(stream.TryPacket(0, out _, out var isBad) || isBad);
        }
        theirs.Send(both.AsSpan(100));
        Span<byte> packet;
        while (!stream.TryPacket(2 + first.Length, out packet, out _)) Assert.True(Fills());
        Assert.Equal(second, packet.ToArray());
        Assert.True(stream.TryPacket(0, out packet, out _));
        Assert.Equal(first, packet.ToArray());
    }

    [Fact]
    public void What_is_longer_than_anything_we_know_is_bad_and_an_end_is_an_end()
    {
        theirs.Send(stackalloc byte[] { 0xFF, 0xFF });
        Assert.True(Fills());
        Assert.False(stream.TryPacket(0, out _, out var isBad));
        Assert.True(isBad);
        theirs.Shutdown(SocketShutdown.Both);
        ours.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead);
        Assert.False(stream.TryFill(out var isOver));
        Assert.True(isOver);
    }

    [Fact]
    public void A_full_line_loses_packets_but_never_a_part_of_one()
    {
        List<int> left = [];
        var seed = 0;
        for (; left.Count == 0 || left[^1] == seed - 1; seed++)
            if (stream.Send(Packet(1000, seed))) left.Add(seed); // until one does not leave
        Assert.InRange(left.Count, 2, 100_000);
        var got = Read(left.Count);
        for (var tries = 0; !stream.Send(Packet(500, seed)); tries++)
        {
            Assert.InRange(tries, 0, 1000);
            ours.Poll(TimeSpan.FromMilliseconds(10), SelectMode.SelectWrite);
        }
        got.AddRange(Read(1));
        Assert.Equal([.. left.Select(s => Convert.ToHexString(Packet(1000, s))), Convert.ToHexString(Packet(500, seed))], got.Select(p => Convert.ToHexString(p)));
    }

    /// <summary>What was begun is finished by a later send, so that the last one may need another push: an empty packet, of which nothing is to be seen.</summary>
    List<byte[]> Read(int count)
    {
        List<byte[]> all = [];
        Span<byte> length = stackalloc byte[2];
        while (all.Count < count)
        {
            Whole(length);
            var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            Whole(packet);
            if (packet.Length > 0) all.Add(packet);
        }
        return all;
    }

    void Whole(Span<byte> room)
    {
        while (!room.IsEmpty)
        {
            while (!theirs.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead)) stream.Send(default);
            room = room[theirs.Receive(room)..];
        }
    }
}
