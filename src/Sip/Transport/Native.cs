using System.Runtime.InteropServices;

namespace CallCenter.Sip.Transport;

/// <summary>The few Linux calls of the loop and its sockets.</summary>
static unsafe partial class Native
{
    const short PollIn = 1, PollError = 8, PollHangUp = 16;
    const int EventNonBlocking = 0x800, EventCloseOnExec = 0x80000, DontWait = 0x40;

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry(int descriptor)
    {
        readonly int descriptor = descriptor;
        readonly short wanted = PollIn;
        readonly short found = 0;

        public readonly bool IsReady => (found & (PollIn | PollError | PollHangUp)) != 0;
    }

    public static int CreateEvent()
    {
        var descriptor = eventfd(0, EventNonBlocking | EventCloseOnExec);
        return descriptor >= 0 ? descriptor : throw new InvalidOperationException($"eventfd failed with errno {Marshal.GetLastPInvokeError()}");
    }

    public static void Signal(int eventDescriptor)
    {
        ulong one = 1;
        write(eventDescriptor, &one, sizeof(ulong));
    }

    public static void Drain(int eventDescriptor)
    {
        ulong count;
        read(eventDescriptor, &count, sizeof(ulong));
    }

    public static void Poll(PollEntry[] entries, int milliseconds)
    {
        fixed (PollEntry* first = entries) poll(first, (nuint)entries.Length, milliseconds);
    }

    /// <summary>Length of the datagram, or −1 where none waits.</summary>
    public static int Receive(int socket, Span<byte> buffer, Span<byte> address)
    {
        var length = (uint)address.Length;
        fixed (byte* bytes = buffer, from = address) return (int)recvfrom(socket, bytes, (nuint)buffer.Length, DontWait, from, &length);
    }

    /// <summary>When the kernel took the datagram in that was read last: ns since 1970, UTC; 0 where it does not say. The first question has it begin to take the time.</summary>
    public static long TakenAt(int socket)
    {
        const nuint stampOf = 0x8907; // SIOCGSTAMPNS: a struct timespec
        var stamp = stackalloc long[2];
        return ioctl(socket, stampOf, stamp) == 0 ? stamp[0] * 1_000_000_000 + stamp[1] : 0;
    }

    public static bool Send(int socket, ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> address)
    {
        fixed (byte* bytes = datagram, to = address) return sendto(socket, bytes, (nuint)datagram.Length, DontWait, to, (uint)address.Length) == datagram.Length;
    }

    public static void Close(int descriptor) => close(descriptor);

    [LibraryImport("libc", SetLastError = true)] private static partial int eventfd(uint initial, int flags);
    [LibraryImport("libc")] private static partial int poll(PollEntry* entries, nuint count, int timeout);
    [LibraryImport("libc")] private static partial nint read(int descriptor, void* buffer, nuint count);
    [LibraryImport("libc")] private static partial nint write(int descriptor, void* buffer, nuint count);
    [LibraryImport("libc")] private static partial nint recvfrom(int socket, byte* buffer, nuint length, int flags, byte* address, uint* addressLength);
    [LibraryImport("libc")] private static partial nint sendto(int socket, byte* buffer, nuint length, int flags, byte* address, uint addressLength);
    [LibraryImport("libc")] private static partial int ioctl(int descriptor, nuint request, long* stamp);
    [LibraryImport("libc")] private static partial int close(int descriptor);
}
