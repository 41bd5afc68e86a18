using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport;

/// <summary>
/// One edge-triggered epoll set, and an eventfd to wake it. struct epoll_event is packed to 12 bytes on x86-64 and 16 elsewhere,
/// so events are read by offset.
/// </summary>
sealed unsafe class Readiness : IDisposable
{
    const int MaxEvents = 256;
    const ulong WakeKey = ulong.MaxValue;
    static readonly bool packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    static readonly int stride = packed ? 12 : 16, dataAt = packed ? 4 : 8;

    readonly int epoll, wake;
    readonly byte* events = (byte*)NativeMemory.AllocZeroed(MaxEvents * 16);
    int signalled;

    public Readiness()
    {
        epoll = Libc.EpollCreate(Libc.EpollCloexec);
        wake = Libc.EventFd(0, Libc.EfdNonblock | Libc.EfdCloexec);
        if (epoll < 0 || wake < 0) throw new Win32Exception();
        Add(wake, WakeKey);
    }

    public void Add(int fd, ulong key)
    {
        var raw = stackalloc byte[16];
        MemoryMarshal.Write(new Span<byte>(raw, 4), Libc.EpollIn | Libc.EpollEt);
        MemoryMarshal.Write(new Span<byte>(raw + dataAt, 8), key);
        if (Libc.EpollControl(epoll, Libc.EpollCtlAdd, fd, raw) < 0) throw new Win32Exception();
    }

    /// <summary>For a socket that goes on in another set; one that is closed goes by itself.</summary>
    public void Remove(int fd)
    {
        var raw = stackalloc byte[16];
        Libc.EpollControl(epoll, Libc.EpollCtlDel, fd, raw);
    }

    /// <summary>Any thread: makes the present or next <see cref="Wait"/> return. One system call per round at most.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref signalled, 1) != 0) return;
        var one = 1ul;
        Libc.Write(wake, &one, sizeof(ulong));
    }

    /// <summary>Waits until something is ready or the time is up.</summary>
    /// <param name="timeout">ns; negative = for ever.</param>
    /// <param name="woken">True if <see cref="Wake"/> was called.</param>
    /// <returns>How many keys can be read by <see cref="Key"/>.</returns>
    public int Wait(long timeout, out bool woken)
    {
        var time = new Libc.TimeSpec { Seconds = timeout / MediaClock.PerSecond, Nanoseconds = timeout % MediaClock.PerSecond };
        var n = Libc.EpollWait(epoll, events, MaxEvents, timeout < 0 ? null : &time, null);
        woken = false;
        if (n >= 0) return TakeWake(n, out woken);
        if (Marshal.GetLastPInvokeError() != Libc.Eintr) throw new Win32Exception();
        return 0;
    }

    /// <summary>Another set may wait for this one.</summary>
    public int Descriptor => epoll;

    /// <summary>Not all that was ready found room in what <see cref="Wait"/> returned.</summary>
    public static bool MayHaveMore(int ready) => ready >= MaxEvents - 1; // one may have been the wake-up

    public ulong Key(int index) => MemoryMarshal.Read<ulong>(new ReadOnlySpan<byte>(events + index * stride + dataAt, 8));

    /// <summary>Takes the wake-up out of the events, the last one filling its place.</summary>
    int TakeWake(int n, out bool woken)
    {
        woken = false;
        for (var i = 0; i < n; i++)
        {
            if (Key(i) != WakeKey) continue;
            woken = true; // edge-triggered: each write is an event of its own, so that the number written need not be read
            Volatile.Write(ref signalled, 0); // before the commands are read: a later one wakes again
            Buffer.MemoryCopy(events + (n - 1) * stride, events + i * stride, stride, stride);
            return n - 1;
        }
        return n;
    }

    public void Dispose()
    {
        Volatile.Write(ref signalled, 1); // a late Wake must not write to a number that is another's by then
        Libc.Close(epoll);
        Libc.Close(wake);
        NativeMemory.Free(events);
    }
}
