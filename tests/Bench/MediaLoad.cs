using System.Buffers.Binary;
using System.Net;
using CallCenter.Media;
using CallCenter.Media.Rtp;
using CallCenter.Media.Srtp;
using CallCenter.Media.Transport;
using CallCenter.Media.Transport.Ring;

namespace CallCenter.Bench;

/// <summary>
/// A farm of RTP parties on one thread: each sends a stamped packet every 20 ms and measures how old what it hears was when the kernel had it for the party. What
/// the thread itself is late by, to hear or to say, is no delay of the relay's. It looks every millisecond, and is woken by no packet: real parties are elsewhere, and
/// what a wake-up costs would be the relay's, which sends it.
/// </summary>
sealed class MediaLoad : IDisposable
{
    /// <summary>Where real time is refused. Before all else: the parties of a call are elsewhere, and wait for nothing that this machine does.</summary>
    const int Niceness = -15;

    const int Slots = 20, Payload = 160, StampAt = RtpHeader.Size, CountAt = StampAt + 8;

    readonly Party[] parties;
    readonly byte[] packet = GC.AllocateArray<byte>(RtpHeader.Size + Payload, pinned: true);
    readonly byte[] room = GC.AllocateArray<byte>(RtpHeader.Size + Payload + SrtpSender.MaxGrowth, pinned: true);
    readonly Thread thread;
    volatile bool stopping;

    struct Party
    {
        public PartySocket Socket;
        public int Watch;
        public ushort Sequence;
        public uint Sent, Heard;
        public bool HasHeard, Stamped;
        public SrtpSession? Secured;
    }

    public MediaLoad(int count)
    {
        parties = new Party[count];
        for (var i = 0; i < count; i++) parties[i].Socket = new();
        thread = new(Loop) { IsBackground = true, Name = "load" };
    }

    public Histogram Delays { get; } = new();

    public long Lost { get; private set; }

    public IPEndPoint Local(int party) => parties[party].Socket.Local;

    /// <param name="stamped">What it hears comes straight from another party, with its stamp.</param>
    /// <param name="keys">As the party has them; null = plain RTP.</param>
    public void Connect(int party, IPEndPoint to, bool stamped = true, SrtpKeys? keys = null)
    {
        parties[party].Socket.Connect(to);
        (parties[party].Stamped, parties[party].Secured) = (stamped, keys is null ? null : new(keys));
    }

    public void Start() => thread.Start();

    /// <summary>Lets time pass: the load runs by itself.</summary>
    public void Run(TimeSpan time) => thread.Join(time);

    public void Reset()
    {
        Delays.Clear();
        Lost = 0;
    }

    public void Stop()
    {
        stopping = true;
        thread.Join();
    }

    public void Dispose()
    {
        foreach (var party in parties) party.Socket.Dispose();
    }

    void Loop()
    {
        if (!ThreadOrder.TryRealTime()) ThreadOrder.Set(Niceness);
        using var ring = PacketRing.TryOpen(PartySocket.ControlSize) ?? throw new PlatformNotSupportedException("the parties need a ring of packets: Linux 6.1, and io_uring not forbidden");
        for (var i = 0; i < parties.Length; i++) parties[i].Watch = ring.Watch(parties[i].Socket.Descriptor, (ulong)i);
        var slot = MediaClock.Now.Nanoseconds / MediaClock.PerMillisecond;
        while (!stopping)
        {
            Rest(slot * MediaClock.PerMillisecond - MediaClock.Now.Nanoseconds);
            ring.Wait(0);
            while (ring.TryTake(out var packet)) Hear(ref parties[packet.Key], packet);
            var due = MediaClock.Now.Nanoseconds / MediaClock.PerMillisecond; // read once: a load beyond the machine must still hear, and end
            slot = Math.Max(slot, due - Slots);
            for (; slot <= due; slot++)
                for (var i = (int)(slot % Slots); i < parties.Length; i += Slots) Say(ring, ref parties[i], (uint)i);
            ring.Submit();
        }
    }

    static unsafe void Rest(long left)
    {
        if (left <= 0) return;
        var time = new Libc.TimeSpec { Nanoseconds = left };
        Libc.Sleep(&time, null);
    }

    void Say(PacketRing ring, ref Party party, uint ssrc)
    {
        RtpHeader.Write(packet, false, 0, party.Sequence++, party.Sent * Payload, ssrc);
        BinaryPrimitives.WriteInt64LittleEndian(packet.AsSpan(StampAt), WallClock());
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(CountAt), party.Sent++);
        var sent = packet.AsSpan();
        if (party.Secured is { } secured && !secured.Out.TryProtect(packet, room, out sent)) throw new InvalidOperationException("a packet was not secured");
        ring.Send(party.Watch, sent, default);
    }

    /// <summary>ns, CLOCK_REALTIME: that by which the kernel tells of arrivals.</summary>
    static long WallClock() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    void Hear(ref Party party, in RingPacket packet)
    {
        var heard = packet.Bytes;
        if (party.Secured is { } secured && !secured.In.TryUnprotect(ref heard)) return;
        if (!party.Stamped || heard.Length < CountAt + 4 || heard[CountAt + 4] != 0) return; // silence made by the engine is 0xFF
        var count = BinaryPrimitives.ReadUInt32LittleEndian(heard[CountAt..]);
        if (party.HasHeard && count > party.Heard + 1) Lost += count - party.Heard - 1;
        (party.Heard, party.HasHeard) = (count, true);
        Delays.Add((PartySocket.At(packet.Control) - BinaryPrimitives.ReadInt64LittleEndian(heard[StampAt..])) / 1000);
    }
}
