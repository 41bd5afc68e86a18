using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net;
using System.Text;
using CallCenter.Media.Ice;

namespace CallCenter.Media.Transport;

/// <summary>
/// The one TCP port of an engine, for peers whose network lets no UDP through (RFC 6544). A connection is its leg's as soon as its first packet, a check,
/// has said which one that is; that it is the peer's own is proved by the checks, as on UDP. On a thread of its own, so that strangers who connect
/// cost no call anything: whoever says nothing within <see cref="Patience"/> is dropped, and so is who comes when too many wait.
/// </summary>
sealed unsafe class StreamDoor : IDisposable
{
    /// <summary>Connections that have not said whose they are: of one address, and in all.</summary>
    const int MostOfOne = 8, Most = 256;

    const long Patience = 5 * MediaClock.PerSecond;
    const int Backlog = 128;
    const ulong DoorKey = 0;

    readonly ConcurrentDictionary<string, MediaLeg> legs = new();
    readonly Dictionary<int, Guest> guests = [];
    readonly Readiness readiness = new();
    readonly IMediaEvents events;
    readonly Thread thread;
    readonly int door;
    int numbers;
    volatile bool stopping;

    readonly record struct Guest(MediaStream Stream, long Until);

    /// <param name="port">0 = any.</param>
    /// <exception cref="IOException">It cannot be had.</exception>
    public StreamDoor(IPAddress bind, int port, IMediaEvents events)
    {
        this.events = events;
        door = Open(new(bind, port));
        if (door < 0 || Libc.Listen(door, Backlog) < 0)
        {
            var why = new Win32Exception().Message;
            if (door >= 0) Libc.Close(door);
            readiness.Dispose();
            throw new IOException($"TCP port {port} of {bind} for media cannot be had: {why}");
        }
        Port = BoundPort();
        readiness.Add(door, DoorKey);
        thread = new(Run) { Name = "media-door", IsBackground = true };
        thread.Start();
    }

    public int Port { get; }

    /// <summary>Any thread: checks with this user fragment are for this leg.</summary>
    public void Expect(string fragment, MediaLeg leg) => legs[fragment] = leg;

    public void Forget(string fragment) => legs.TryRemove(fragment, out _);

    public void Dispose()
    {
        stopping = true;
        readiness.Wake();
        thread.Join();
        foreach (var guest in guests.Values) guest.Stream.Dispose();
        Libc.Close(door);
        readiness.Dispose();
    }

    static int Open(IPEndPoint at)
    {
        var name = PeerName.Of(at);
        var fd = Libc.Socket(name.Family, Libc.SockStream | Libc.SockNonblock | Libc.SockCloexec, 0);
        if (fd < 0) return fd;
        var yes = 1;
        Libc.SetSocketOption(fd, Libc.SolSocket, Libc.SoReuseaddr, &yes, sizeof(int));
        fixed (byte* raw = name.Bytes)
            if (Libc.Bind(fd, raw, name.Length) == 0) return fd;
        Libc.Close(fd);
        return -1;
    }

    int BoundPort()
    {
        var raw = stackalloc byte[PeerNameBytes.Size];
        var length = (uint)PeerNameBytes.Size;
        Libc.GetSocketName(door, raw, &length);
        return PeerName.FromKernel(new(raw, (int)length)).Port;
    }

    void Run()
    {
        while (!stopping)
        {
            var ready = readiness.Wait(guests.Count == 0 ? -1 : Patience, out _);
            for (var i = 0; i < ready; i++) Serve(readiness.Key(i));
            SendAway(MediaClock.Nanoseconds());
        }
    }

    /// <summary>An exception here is a bug of ours: it is told, and costs nobody but whom it struck.</summary>
    void Serve(ulong key)
    {
        try
        {
            if (key == DoorKey) Admit();
            else if (guests.TryGetValue((int)key, out var guest)) Ask(guest.Stream);
        }
        catch (Exception bug)
        {
            events.Faulted(bug);
        }
    }

    void Admit()
    {
        var raw = stackalloc byte[PeerNameBytes.Size];
        while (true)
        {
            var length = (uint)PeerNameBytes.Size;
            var fd = Libc.Accept(door, raw, &length, Libc.SockNonblock | Libc.SockCloexec);
            if (fd < 0) return; // none left, or none can be had: who waits in the kernel comes with the next
            var peer = PeerName.FromKernel(new(raw, (int)length));
            if (guests.Count >= Most || guests.Values.Count(g => g.Stream.Path.Peer.SameAddress(peer)) >= MostOfOne)
            {
                Libc.Close(fd);
                continue;
            }
            var yes = 1;
            Libc.SetSocketOption(fd, Libc.IpprotoTcp, Libc.TcpNodelay, &yes, sizeof(int));
            var stream = new MediaStream(fd, peer, ++numbers);
            guests[fd] = new(stream, MediaClock.Nanoseconds() + Patience);
            readiness.Add(fd, (ulong)fd);
        }
    }

    void Ask(MediaStream stream)
    {
        Span<byte> first;
        while (!stream.TryPacket(0, out first, out var isBad))
        {
            var isOver = isBad;
            if (!isBad && stream.TryFill(out isOver)) continue;
            if (isOver) Release(stream).Dispose();
            return;
        }
        if (IceCheck.TryTarget(first, out var fragment) && legs.TryGetValue(Encoding.ASCII.GetString(fragment), out var leg)) leg.Adopt(Release(stream));
        else Release(stream).Dispose();
    }

    MediaStream Release(MediaStream stream)
    {
        guests.Remove(stream.Socket);
        readiness.Remove(stream.Socket);
        return stream;
    }

    void SendAway(long now)
    {
        if (guests.Count == 0) return;
        foreach (var (_, guest) in guests)
            if (now >= guest.Until) Release(guest.Stream).Dispose(); // a dictionary bears that while it is walked
    }
}
