using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport.Ring;

/// <summary>The kernel's interface to a ring: three calls, of one number on every architecture, and their structures (io_uring_setup(2), io_uring_enter(2), io_uring_register(2)).</summary>
static unsafe partial class RingCalls
{
    public const uint SetupCqSize = 1 << 3, SetupSubmitAll = 1 << 7, SetupTaskrunFlag = 1 << 9, SetupSingleIssuer = 1 << 12, SetupDeferTaskrun = 1 << 13;
    public const uint FeatureSingleMmap = 1;
    public const uint EnterGetEvents = 1, EnterExtArg = 1 << 3;
    public const uint SqTaskrun = 1 << 2, SqOverflow = 1 << 1;
    public const long OffsetEntries = 0x1000_0000;
    public const int RegisterFilesUpdate = 6, RegisterFiles2 = 13, RegisterBufferRing = 22;
    public const uint FilesSparse = 1;

    public const byte PollAdd = 6, ReceiveMessage = 10, AsyncCancel = 14, Send = 26;
    public const byte FixedFile = 1, BufferSelect = 1 << 5, SkipSuccess = 1 << 6;
    public const ushort ReceiveMultishot = 1 << 1;
    public const uint PollMultishot = 1;
    public const uint CompletionBuffer = 1, CompletionMore = 1 << 1;
    public const int CompletionBufferShift = 16;

    public const int ProtectRead = 1, ProtectWrite = 2, MapShared = 1, MapPopulate = 0x8000;

    [StructLayout(LayoutKind.Sequential)]
    public struct QueueOffsets
    {
        public uint Head, Tail, RingMask, RingEntries;
        /// <summary>Of submissions: flags, dropped, array; of completions: overflow, entries, flags.</summary>
        public uint Fifth, Sixth, Seventh;
        public uint Reserved;
        public ulong UserAddress;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public uint SubmissionEntries, CompletionEntries, Flags, ThreadCpu, ThreadIdle, Features, WorkersOf;
        public uint Reserved1, Reserved2, Reserved3;
        public QueueOffsets Submissions, Completions;
    }

    /// <summary>struct io_uring_sqe.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct Submission
    {
        [FieldOffset(0)] public byte Operation;
        [FieldOffset(1)] public byte Flags;
        [FieldOffset(2)] public ushort Priority;
        [FieldOffset(4)] public int File;
        [FieldOffset(8)] public void* SecondAddress;
        [FieldOffset(16)] public void* Address;
        [FieldOffset(24)] public uint Length;
        [FieldOffset(28)] public uint OperationFlags;
        [FieldOffset(32)] public ulong Key;
        [FieldOffset(40)] public ushort BufferGroup;
        [FieldOffset(44)] public ushort AddressLength;
    }

    /// <summary>struct io_uring_cqe.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Completion
    {
        public ulong Key;
        public int Result;
        public uint Flags;
    }

    /// <summary>struct io_uring_buf. The ring's tail lies in the last field of its first one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ProvidedBuffer
    {
        public byte* Address;
        public uint Length;
        public ushort Number;
        public ushort Tail;
    }

    /// <summary>struct io_uring_buf_reg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct BufferRing
    {
        public void* Address;
        public uint Entries;
        public ushort Group, Flags;
        public ulong Reserved1, Reserved2, Reserved3;
    }

    /// <summary>struct io_uring_rsrc_register.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FileTable
    {
        public uint Count, Flags;
        public ulong Reserved, Data, Tags;
    }

    /// <summary>struct io_uring_files_update.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FileUpdate
    {
        public uint Offset, Reserved;
        public int* Files;
    }

    /// <summary>struct io_uring_getevents_arg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct WaitArgument
    {
        public ulong SignalMask;
        public uint SignalMaskSize, MinimumWait;
        public Libc.TimeSpec* Timeout;
    }

    /// <summary>struct io_uring_recvmsg_out, which stands before the name, control and payload of a datagram in its buffer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Received
    {
        public uint NameLength, ControlLength, PayloadLength, Flags;
    }

    public static int Setup(uint entries, Parameters* parameters) => (int)Call(425, (nint)entries, (nint)parameters, 0, 0, 0, 0);

    public static int Enter(int ring, uint submit, uint atLeast, uint flags, void* argument, nuint size) =>
        (int)Call(426, ring, (nint)submit, (nint)atLeast, (nint)flags, (nint)argument, (nint)size);

    public static int Register(int ring, int what, void* argument, uint count) => (int)Call(427, ring, what, (nint)argument, (nint)count, 0, 0);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(void* address, nuint length);
}
