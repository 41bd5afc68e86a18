using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport;

/// <summary>The Linux calls of the media loop. .NET's sockets have no recvmmsg and no edge-triggered wait; await per packet costs 2.5 times.</summary>
static unsafe partial class Libc
{
    public const int AfInet = 2, AfInet6 = 10;
    public const int SockStream = 1, SockDgram = 2, SockNonblock = 0x800, SockCloexec = 0x80000;
    public const int SolSocket = 1, SoReuseaddr = 2, IpprotoTcp = 6, TcpNodelay = 1;
    public const int IpprotoIp = 0, IpTos = 1, IpprotoIpv6 = 41, Ipv6Tclass = 67;
    public const int MsgDontwait = 0x40, MsgNosignal = 0x4000;
    public const int EpollCloexec = 0x80000, EpollCtlAdd = 1, EpollCtlDel = 2;
    public const uint EpollIn = 1, EpollEt = 1u << 31;
    public const int EfdNonblock = 0x800, EfdCloexec = 0x80000;
    public const int Eintr = 4, Eagain = 11;

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: 56 bytes of msghdr, the length, 4 of padding; 64 in all (asserted by a test).</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct MessageHeader
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public long Flags; // an int and padding: struct msghdr ends on 8 bytes
        public uint Received;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int fd, byte* name, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int fd, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int fd, byte* name, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int fd, byte* room, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int fd, byte* data, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int fd, byte* name, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int fd, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, byte* events);

    /// <summary>As epoll_wait with a time-out in ns (Linux 5.11, glibc 2.35); null waits for ever.</summary>
    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int max, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    public static partial int Sleep(TimeSpec* time, TimeSpec* left);

    /// <summary>Of the calling thread alone where <paramref name="which"/> and <paramref name="who"/> are 0: Linux holds niceness per thread.</summary>
    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, uint who, int niceness);

    public const int SchedRoundRobin = 2, SchedResetOnFork = 0x4000_0000;

    /// <summary>Of the calling thread where <paramref name="thread"/> is 0. <paramref name="priority"/> is a struct sched_param, which holds nothing else.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int thread, int policy, int* priority);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(int fd, MessageHeader* messages, uint count, int flags, TimeSpec* timeout);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(int fd, byte* data, nuint length, int flags, byte* name, uint nameLength);
}
