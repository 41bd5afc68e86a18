using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CallCenter.Media.Ice;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Transport;

/// <summary>
/// A TCP connection that a peer made to us, each packet with its length before it (RFC 4571 §2, RFC 6544). Never waited for: what the line does
/// not take at once is finished first, and the packets meanwhile are lost, since a late one is worth no more. One thread at a time.
/// </summary>
sealed unsafe class MediaStream(int socket, PeerName peer, int number) : IDisposable
{
    const int LengthSize = sizeof(ushort);

    /// <summary>Nothing that we understand is longer.</summary>
    public const int LongestPacket = ReceiveBatch.BufferSize;

    readonly byte[] received = GC.AllocateArray<byte>(LengthSize + LongestPacket, pinned: true);
    readonly byte[] leaving = GC.AllocateArray<byte>(LengthSize + LongestPacket + SrtpSender.MaxGrowth, pinned: true);
    int filled, left;
    bool closed;

    public int Socket => socket;

    public IcePath Path { get; } = new(peer, number);

    /// <summary>Reads once. False: there is no more for now (<paramref name="isOver"/>: or ever).</summary>
    public bool TryFill(out bool isOver)
    {
        isOver = false;
        if (closed) return false;
        nint n;
        fixed (byte* room = received) n = Libc.Receive(socket, room + filled, (nuint)(received.Length - filled), 0);
        if (n > 0) filled += (int)n;
        else isOver = n == 0 || Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr);
        return n > 0;
    }

    /// <summary>The packet at an offset; false: it is not whole yet (<paramref name="isBad"/>: or will never fit).</summary>
    public bool TryPacket(int at, out Span<byte> packet, out bool isBad)
    {
        packet = default;
        isBad = false;
        if (filled - at < LengthSize) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(received.AsSpan(at));
        isBad = length > LongestPacket;
        if (isBad || filled - at - LengthSize < length) return false;
        packet = received.AsSpan(at + LengthSize, length);
        return true;
    }

    /// <summary>Hands over all packets that are whole, and what else can be read. False: the connection is over.</summary>
    public bool Read(Leg leg, long now)
    {
        bool isOver, isBad;
        do
        {
            var at = 0;
            for (; TryPacket(at, out var packet, out isBad); at += LengthSize + packet.Length) leg.Take(Path, packet, now);
            filled -= at;
            received.AsSpan(at, filled).CopyTo(received);
        }
        while (TryFill(out isOver) && !isBad);
        return !isOver && !isBad && !closed;
    }

    /// <summary>False: the line is full, or gone.</summary>
    public bool Send(ReadOnlySpan<byte> packet)
    {
        if (closed || packet.Length > leaving.Length - LengthSize || !Flush()) return false;
        BinaryPrimitives.WriteUInt16BigEndian(leaving, (ushort)packet.Length);
        packet.CopyTo(leaving.AsSpan(LengthSize));
        left = LengthSize + packet.Length;
        var whole = left;
        Flush();
        return left < whole; // what has begun will be finished
    }

    bool Flush()
    {
        if (left == 0) return true;
        nint n;
        fixed (byte* data = leaving) n = Libc.Send(socket, data, (nuint)left, Libc.MsgNosignal);
        if (n <= 0) return false;
        left -= (int)n;
        leaving.AsSpan((int)n, left).CopyTo(leaving);
        return left == 0;
    }

    public void Dispose()
    {
        if (closed) return;
        closed = true;
        Libc.Close(socket);
    }
}
