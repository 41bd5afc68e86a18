using CallCenter.Media.Transport.Ring;

namespace CallCenter.Media.Transport;

/// <summary>
/// What comes for the legs of a loop, on its thread. RTP comes, and leaves, by a <see cref="PacketRing"/> where the kernel has one for us; all else, and RTP too where it
/// has none, by waiting for sockets that are ready and reading each.
/// </summary>
sealed class Intake(MediaOptions options, Action<Exception, Leg> faulted) : IDisposable
{
    /// <summary>What a ready socket is to its leg: RTP, RTCP, or one of its connections.</summary>
    const int RtpKind = 0, RtcpKind = 1, FirstStreamKind = 2, KindBits = 3, KindMask = (1 << KindBits) - 1;

    /// <summary>Read before what is due has its turn.</summary>
    const int MostPackets = 256;

    /// <summary>ns: the kernel lets go of a socket as soon as it is asked; longer than this none is waited for.</summary>
    const long Patience = MediaClock.PerSecond;

    readonly Readiness readiness = new();
    readonly List<Leg?> legs = [];
    readonly Stack<int> freeIndexes = new();
    PacketRing? ring;
    bool woken;

    public IEnumerable<Leg> Legs => legs.OfType<Leg>();

    /// <summary>ns: whatever had come by then was read. It stands still while more comes than can be read.</summary>
    public long UpTo { get; private set; }

    /// <summary>Datagrams that the kernel refused to send after it had been asked.</summary>
    public long Refused { get; private set; }

    /// <summary>On the loop's thread, before all else.</summary>
    public void Open()
    {
        ring = options.Ring ? PacketRing.TryOpen() : null;
        ring?.WakeBy(readiness.Descriptor);
    }

    /// <summary>Any thread: makes the present or next <see cref="Read"/> return.</summary>
    public void Wake() => readiness.Wake();

    public void Add(Leg leg, LegWire wire)
    {
        if (!freeIndexes.TryPop(out var index))
        {
            index = legs.Count;
            legs.Add(null);
        }
        legs[index] = leg;
        leg.Index = index;
        if (ring is null) readiness.Add(leg.Sockets.Rtp, Key(index, RtpKind));
        else wire.Ring = (ring, ring.Watch(leg.Sockets.Rtp, (ulong)index));
        readiness.Add(leg.Sockets.Rtcp, Key(index, RtcpKind));
        for (var place = 0; place < LegWire.MostStreams; place++)
            if (wire.Stream(place) is { } stream) Watch(leg, place, stream);
    }

    /// <summary>A connection of the leg's is read from now on.</summary>
    public void Watch(Leg leg, int place, MediaStream stream) => readiness.Add(stream.Socket, Key(leg.Index, FirstStreamKind + place));

    /// <summary>It goes on at another loop.</summary>
    public void Detach(Leg leg, LegWire wire)
    {
        if (ring is null) readiness.Remove(leg.Sockets.Rtp);
        readiness.Remove(leg.Sockets.Rtcp);
        for (var place = 0; place < LegWire.MostStreams; place++)
            if (wire.Stream(place) is { } stream) readiness.Remove(stream.Socket);
        Forget(leg);
        Release(wire, static () => { });
    }

    /// <summary>Nothing comes for the leg any more, and its sockets are closed.</summary>
    /// <param name="closed">Its ports are free.</param>
    public void Close(Leg leg, LegWire wire, Action closed)
    {
        Forget(leg);
        Release(wire, () =>
        {
            leg.CloseSockets();
            closed();
        });
    }

    static void Release(LegWire wire, Action released)
    {
        var by = wire.Ring;
        wire.Ring = null;
        if (by is { } held) held.Ring.Release(held.Watch, released);
        else released();
    }

    void Forget(Leg leg)
    {
        legs[leg.Index] = null;
        freeIndexes.Push(leg.Index);
    }

    static ulong Key(int index, int kind) => (ulong)index << KindBits | (uint)kind;

    /// <summary>Waits until something came, and gives it to its legs.</summary>
    /// <param name="patience">ns; negative = for ever.</param>
    /// <returns>Whether <see cref="Wake"/> was called.</returns>
    public bool Read(long patience)
    {
        if (ring is null) return ReadReady(patience);
        ring.Wait(woken ? 0 : patience);
        ReadRing(ring);
        return woken && ReadReady(0);
    }

    void ReadRing(PacketRing from)
    {
        var now = MediaClock.Nanoseconds();
        for (var n = 0; n < MostPackets; n++)
        {
            if (!from.TryTake(out var packet))
            {
                UpTo = now;
                break;
            }
            if (legs[(int)packet.Key] is not { } leg) continue;
            try
            {
                leg.Take(new(packet.From), packet.Bytes, now);
            }
            catch (Exception bug)
            {
                faulted(bug, leg);
            }
        }
        from.Submit();
        Refused += from.TakeFailures();
        woken |= from.TakeWoken();
    }

    bool ReadReady(long patience)
    {
        var ready = readiness.Wait(patience, out var called);
        woken = Readiness.MayHaveMore(ready);
        var now = MediaClock.Nanoseconds();
        if (ring is null && !woken) UpTo = now;
        for (var i = 0; i < ready; i++)
        {
            var key = readiness.Key(i);
            if (legs[(int)(key >> KindBits)] is not { } leg) continue;
            var kind = (int)(key & KindMask);
            try
            {
                if (kind >= FirstStreamKind) leg.ReadStream(kind - FirstStreamKind, now);
                else leg.Read(control: kind == RtcpKind, now);
            }
            catch (Exception bug)
            {
                faulted(bug, leg);
            }
        }
        return called;
    }

    /// <summary>What legs were sent leaves now.</summary>
    public void Flush() => ring?.Submit();

    /// <summary>Its legs are closed; their sockets are by the end of this.</summary>
    public void Dispose()
    {
        var until = MediaClock.Nanoseconds() + Patience;
        while (ring is { Held: > 0 } && MediaClock.Nanoseconds() < until)
        {
            ring.Wait(MediaClock.PerMillisecond);
            while (ring.TryTake(out _)) { }
        }
        ring?.Dispose();
        readiness.Dispose();
    }
}
