using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;
using CallCenter.Media.Transport;

namespace CallCenter.Bench;

/// <summary>A party's own UDP socket on loopback. Connected to its leg, it looks for no way at each packet: what a party costs is taken from the cores under test.</summary>
sealed unsafe partial class PartySocket : IDisposable
{
    const int TimestampsNs = 35; // SO_TIMESTAMPNS

    public PartySocket()
    {
        Descriptor = Libc.Socket(Libc.AfInet, Libc.SockDgram | Libc.SockNonblock, 0);
        var name = PeerName.Of(new(IPAddress.Loopback, 0));
        var (length, on) = (name.Length, 1);
        fixed (byte* raw = name.Bytes)
        {
            if (Libc.SetSocketOption(Descriptor, Libc.SolSocket, TimestampsNs, &on, sizeof(int)) < 0) throw new Win32Exception();
            if (Libc.Bind(Descriptor, raw, length) < 0 || Libc.GetSocketName(Descriptor, raw, &length) < 0) throw new Win32Exception();
        }
        Local = name.ToEndPoint()!;
    }

    public int Descriptor { get; }

    public IPEndPoint Local { get; }

    public void Connect(IPEndPoint to)
    {
        var name = PeerName.Of(to);
        fixed (byte* raw = name.Bytes)
            if (Connect(Descriptor, raw, name.Length) < 0) throw new Win32Exception();
    }

    public void Send(ReadOnlySpan<byte> packet)
    {
        fixed (byte* data = packet) Libc.Send(Descriptor, data, (nuint)packet.Length, 0);
    }

    public void Dispose() => Libc.Close(Descriptor);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int fd, byte* name, uint length);

    /// <summary>Buffers for one recvmmsg, and what the kernel says of when each packet came: a reader that waits for its turn does not make it late.</summary>
    public sealed class Batch : IDisposable
    {
        const int Count = 2, PacketSize = 512, ControlSize = 64, StampAt = 16; // behind a struct cmsghdr

        readonly byte* memory = (byte*)NativeMemory.AllocZeroed(Count * (nuint)(sizeof(Libc.MessageHeader) + sizeof(Libc.IoVector) + PacketSize + ControlSize));
        readonly Libc.MessageHeader* headers;
        readonly byte* packets, controls;

        public Batch()
        {
            headers = (Libc.MessageHeader*)memory;
            var vectors = (Libc.IoVector*)(headers + Count);
            packets = (byte*)(vectors + Count);
            controls = packets + Count * PacketSize;
            for (var i = 0; i < Count; i++)
            {
                vectors[i] = new() { Base = packets + i * PacketSize, Length = PacketSize };
                headers[i] = new() { Vectors = vectors + i, VectorCount = 1, Control = controls + i * ControlSize };
            }
        }

        /// <summary>False in <paramref name="more"/>: the socket is empty.</summary>
        public int Receive(PartySocket socket, out bool more)
        {
            for (var i = 0; i < Count; i++) headers[i].ControlLength = ControlSize; // the kernel overwrites it
            var n = Math.Max(0, Libc.ReceiveMany(socket.Descriptor, headers, Count, Libc.MsgDontwait, null));
            more = n == Count;
            return n;
        }

        public Span<byte> Packet(int index) => new(packets + index * PacketSize, (int)headers[index].Received);

        /// <summary>ns, CLOCK_REALTIME.</summary>
        public long At(int index)
        {
            var stamp = (Libc.TimeSpec*)(controls + index * ControlSize + StampAt);
            return headers[index].ControlLength >= StampAt + (nuint)sizeof(Libc.TimeSpec) ? stamp->Seconds * 1_000_000_000 + stamp->Nanoseconds : throw new InvalidOperationException("the kernel did not say when a packet came");
        }

        public void Dispose() => NativeMemory.Free(memory);
    }
}
