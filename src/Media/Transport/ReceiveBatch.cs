using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport;

/// <summary>
/// Buffers for one recvmmsg, shared by all sockets of a loop thread: a socket seldom holds more than one packet of 20 ms.
/// Native memory, so that no collection moves or scans it.
/// </summary>
sealed unsafe class ReceiveBatch : IDisposable
{
    public const int Count = 8, BufferSize = 2048;

    readonly byte* memory;
    readonly Libc.MessageHeader* headers;
    readonly byte* names;
    readonly byte* buffers;

    public ReceiveBatch()
    {
        var headersSize = Count * sizeof(Libc.MessageHeader);
        var vectorsSize = Count * sizeof(Libc.IoVector);
        var namesSize = Count * PeerNameBytes.Size;
        var size = headersSize + vectorsSize + namesSize + Count * BufferSize;
        memory = (byte*)NativeMemory.AlignedAlloc((nuint)size, 64);
        NativeMemory.Clear(memory, (nuint)size);
        headers = (Libc.MessageHeader*)memory;
        var vectors = (Libc.IoVector*)(memory + headersSize);
        names = memory + headersSize + vectorsSize;
        buffers = names + namesSize;
        for (var i = 0; i < Count; i++)
        {
            vectors[i] = new() { Base = buffers + i * BufferSize, Length = BufferSize };
            headers[i] = new() { Name = names + i * PeerNameBytes.Size, Vectors = vectors + i, VectorCount = 1 };
        }
    }

    /// <summary>How many datagrams were read; fewer than <see cref="Count"/> means that the socket is empty, so that edge-triggered waiting is safe.</summary>
    public int Receive(int fd)
    {
        for (var i = 0; i < Count; i++) headers[i].NameLength = PeerNameBytes.Size; // the kernel overwrites it
        var n = Libc.ReceiveMany(fd, headers, Count, Libc.MsgDontwait, null);
        return Math.Max(n, 0); // an error is "empty": a waiting one on the socket (ICMP) is cleared by reading it
    }

    public Span<byte> Packet(int index) => new(buffers + index * BufferSize, (int)headers[index].Received);

    public PeerName From(int index) => PeerName.FromKernel(new(names + index * PeerNameBytes.Size, (int)Math.Min(headers[index].NameLength, PeerNameBytes.Size)));

    public void Dispose() => NativeMemory.AlignedFree(memory);
}
