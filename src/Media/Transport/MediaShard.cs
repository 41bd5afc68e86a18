using System.Collections.Concurrent;
using CallCenter.Media.Dtls;
using CallCenter.Media.Recording;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Transport;

/// <summary>
/// One loop thread: it alone touches its sockets, legs and rooms, so nothing is locked. A round is: wait for sockets or the next
/// 1 ms slot, read what is ready and relay it at once, run commands, then pace what is due. Each leg has one of 20 slots and is
/// ticked every 20 ms by absolute deadline, so that generated audio neither drifts nor comes in one burst.
/// Nothing is allocated per packet. The thread goes before others (<see cref="MediaOptions.RealTime"/>), so that a busy machine stalls no talk; as it
/// would then wake for every single packet, which costs half as much CPU again, rounds begin 0.5 ms apart at least, 1 ms with many legs. To have few legs share few
/// slots was measured and saved nothing.
/// </summary>
sealed class MediaShard
{
    const int Slots = 20;
    const long SlotLength = MediaClock.PerMillisecond;

    /// <summary>ns: the shortest time from one round to the next, and what it is with many legs. A packet that comes after a quiet while is taken at once.</summary>
    const long Round = MediaClock.PerMillisecond / 2, LongRound = SlotLength;

    /// <summary>Legs from which on one round for each slot is enough: every round has something to read then, so that any more would be wake-ups for nothing.</summary>
    const int Many = 400;

    /// <summary>Behind by more than this, slots are skipped instead of caught up with: the machine stood still, and a burst helps nobody.</summary>
    const int MaxCatchUp = 100;

    /// <summary>Slots: later than its round begins a tick only if something took the processor.</summary>
    const int Behind = 4;

    readonly ConcurrentQueue<Action> commands = new();
    readonly ConcurrentQueue<Leg> arriving = new();
    readonly Intake intake;
    readonly List<Leg>[] slots = [.. Enumerable.Range(0, Slots).Select(_ => new List<Leg>())];
    readonly Queue<Leg> shaking = new();
    readonly Thread thread;
    long nextSlot, lastRound;
    int count, expected;
    bool stopping;
    long worstStall, recentStall, faults;
    int gathering = -1; // the thread whose commands wait for its Flush
    bool gathered;      // touched by that thread only

    public MediaShard(int number, MediaOptions options, IMediaEvents events, MediaClock clock, PortRange ports, SegmentWriter segments, byte[] cname, DtlsIdentity? identity)
    {
        (Options, Events, Clock, Ports, Segments, Cname, Identity) = (options, events, clock, ports, segments, cname, identity);
        Random = new(unchecked((int)MediaClock.Nanoseconds()) + number); // spreads SSRCs and reports; guards nothing
        intake = new(options, Faulted);
        thread = new(Run) { Name = $"media-{number}", IsBackground = true };
    }

    public MediaOptions Options { get; }
    public IMediaEvents Events { get; }
    public MediaClock Clock { get; }
    public PortRange Ports { get; }
    public SegmentWriter Segments { get; }
    public byte[] Cname { get; }
    public Random Random { get; }

    /// <summary>Null: no leg is secured by DTLS.</summary>
    public DtlsIdentity? Identity { get; }

    public ReceiveBatch Batch { get; } = new();

    /// <summary>Scratch for generated packets.</summary>
    public byte[] Frame { get; } = GC.AllocateArray<byte>(512, pinned: true);

    /// <summary>Scratch for secured packets: the plain one may be relayed to others yet.</summary>
    public byte[] Secured { get; } = GC.AllocateArray<byte>(ReceiveBatch.BufferSize + SrtpSender.MaxGrowth, pinned: true);

    /// <summary>See <see cref="Intake.UpTo"/>.</summary>
    public long HeardUpTo => intake.UpTo;

    public long Received, Sent, SendFailures, Dropped;

    /// <summary>The worst stall since the last look, ns. A round that ends at this very moment may be told twice or not at all.</summary>
    public long TakeWorstStall() => Interlocked.Exchange(ref recentStall, 0);

    public MediaFigures Figures => new(Volatile.Read(ref count), Volatile.Read(ref Received), Volatile.Read(ref Sent) - intake.Refused, Volatile.Read(ref SendFailures) + intake.Refused,
        Volatile.Read(ref Dropped), Volatile.Read(ref worstStall), Volatile.Read(ref faults), 0, 0);

    /// <summary>For the test of it: bytes the loop thread allocated so far.</summary>
    public long Allocated { get; private set; }

    public void Start() => thread.Start();

    /// <summary>Closes all legs and ends the thread.</summary>
    public void Stop()
    {
        Post(() => stopping = true);
        intake.Wake(); // whoever gathers may have ended, and this be a thread of the same number
        thread.Join();
    }

    /// <summary>Any thread: runs on the loop thread, in order.</summary>
    public void Post(Action command)
    {
        commands.Enqueue(command);
        if (Environment.CurrentManagedThreadId == Volatile.Read(ref gathering)) gathered = true;
        else intake.Wake();
    }

    /// <summary>Any thread: as <see cref="Post"/>, but no later than with the next tick of a leg, which is within 20 ms, rather than at once. Nobody is woken for it while there are legs.</summary>
    public void PostAtLeisure(Action command)
    {
        commands.Enqueue(command);
        Interlocked.MemoryBarrier(); // the loop looks the other way round: first the legs, then the commands
        if (Volatile.Read(ref count) > 0) return;
        if (Environment.CurrentManagedThreadId == Volatile.Read(ref gathering)) gathered = true;
        else intake.Wake();
    }

    /// <summary>See <see cref="MediaEngine.Gather"/>.</summary>
    public void Gather() => Volatile.Write(ref gathering, Environment.CurrentManagedThreadId);

    public void Flush()
    {
        if (!gathered) return;
        gathered = false;
        intake.Wake();
    }

    public void Add(Leg leg, LegWire wire)
    {
        intake.Add(leg, wire);
        if (count++ == 0) nextSlot = MediaClock.Nanoseconds() / SlotLength + 1;
        slots[leg.Slot = (int)((nextSlot + 1) % Slots)].Add(leg);
    }

    /// <summary>A connection of the leg's is read from now on.</summary>
    public void Watch(Leg leg, int place, MediaStream stream) => intake.Watch(leg, place, stream);

    /// <summary>A datagram of a handshake waits for its turn: one a round, after all that is due, so that calls in talk wait for one at most.</summary>
    public void Shake(Leg leg) => shaking.Enqueue(leg);

    /// <summary>A leg of another loop is on its way: commands wait until it is here, so that those which follow find it. Talk does not wait.</summary>
    public void Expect() => expected++;

    /// <summary>From the thread of the loop that the leg leaves.</summary>
    public void Receive(Leg leg)
    {
        arriving.Enqueue(leg);
        intake.Wake();
    }

    public void Detach(Leg leg, LegWire wire)
    {
        slots[leg.Slot].Remove(leg);
        intake.Detach(leg, wire);
        count--;
    }

    /// <summary>Closes the sockets and forgets the leg; called by its last tick.</summary>
    public void Remove(Leg leg, LegWire wire)
    {
        count--;
        intake.Close(leg, wire, () => Ports.Return(leg.Sockets.Port));
    }

    /// <summary>Gives the leg the very next slot, so that its first packet leaves within 2 ms and not within 20.</summary>
    public void TickSoon(Leg leg)
    {
        slots[leg.Slot].Remove(leg);
        slots[leg.Slot = (int)((nextSlot + 1) % Slots)].Add(leg);
    }

    void Run()
    {
        if (!Options.RealTime || !ThreadOrder.TryRealTime()) ThreadOrder.Set(Options.Niceness);
        intake.Open();
        while (!stopping)
        {
            Rest();
            Serve(Timeout());
            if (StoodStill()) Serve(0); // silence is for what did not come, not for what has yet to be read
            RunSlots();
            ShakeOne();
            intake.Flush();
            Allocated = GC.GetAllocatedBytesForCurrentThread();
        }
        CloseAll();
    }

    /// <summary>Reads what is ready, and does what was commanded.</summary>
    void Serve(long patience)
    {
        var woken = intake.Read(patience);
        if (woken || !commands.IsEmpty) RunCommands(); // a leg that arrives wakes
    }

    /// <summary>The machine gave the thread no time for so long that packets may have come since it looked.</summary>
    bool StoodStill() => count > 0 && MediaClock.Nanoseconds() / SlotLength - NextBusySlot() > Behind;

    /// <summary>Handshakes wait for no round.</summary>
    unsafe void Rest()
    {
        var left = lastRound + (count < Many ? Round : LongRound) - MediaClock.Nanoseconds();
        if (left > 0 && shaking.Count == 0)
        {
            var time = new Libc.TimeSpec { Nanoseconds = left };
            Libc.Sleep(&time, null);
        }
        lastRound = MediaClock.Nanoseconds();
    }

    long Timeout() => shaking.Count > 0 ? 0 : count == 0 && expected == 0 ? UntilFirst() : Math.Max(0, NextBusySlot() * SlotLength - MediaClock.Nanoseconds());

    /// <summary>Without end, unless a command was left for the tick of a leg that is gone by now.</summary>
    long UntilFirst()
    {
        Interlocked.MemoryBarrier();
        return commands.IsEmpty ? -1 : 0;
    }

    /// <summary>Empty slots need no wake-up.</summary>
    long NextBusySlot()
    {
        for (var slot = nextSlot; slot < nextSlot + Slots; slot++)
            if (slots[slot % Slots].Count > 0) return slot;
        return nextSlot + Slots;
    }

    void RunCommands()
    {
        Welcome();
        while (expected <= 0 && commands.TryDequeue(out var command))
        {
            try
            {
                command();
            }
            catch (Exception bug)
            {
                Faulted(bug, null);
            }
        }
    }

    void Welcome()
    {
        while (arriving.TryDequeue(out var leg))
        {
            expected--; // below 0 where it was faster than the word of it
            if (leg.IsClosed) continue;
            try
            {
                leg.Arrive();
            }
            catch (Exception bug)
            {
                Faulted(bug, leg);
            }
        }
    }

    /// <summary>An exception here is a bug of ours. It is told and counted, and costs the leg it struck, but not the calls of everybody else.</summary>
    void Faulted(Exception bug, Leg? leg)
    {
        faults++;
        Events.Faulted(bug);
        try
        {
            leg?.Abandon();
        }
        catch (Exception another)
        {
            Events.Faulted(another); // the leg counts as closed already; its track may lack its end
        }
    }

    void RunSlots()
    {
        var now = MediaClock.Nanoseconds();
        var due = now / SlotLength;
        if (count == 0 || due < nextSlot) return;
        var stall = now - NextBusySlot() * SlotLength;
        if (stall > worstStall) worstStall = stall;
        if (stall > recentStall) recentStall = stall;
        if (due - nextSlot > MaxCatchUp) nextSlot = due - MaxCatchUp;
        for (; nextSlot <= due; nextSlot++)
        {
            var slot = slots[nextSlot % Slots];
            for (var i = slot.Count - 1; i >= 0; i--)
                if (!Tick(slot[i], now, nextSlot * SlotLength)) slot.RemoveAt(i);
        }
    }

    void ShakeOne()
    {
        if (!shaking.TryDequeue(out var leg) || leg.Shard != this) return; // one that went to another loop shakes there
        try
        {
            leg.Shake(MediaClock.Nanoseconds());
        }
        catch (Exception bug)
        {
            Faulted(bug, leg);
        }
    }

    bool Tick(Leg leg, long now, long due)
    {
        try
        {
            return leg.Tick(now, due);
        }
        catch (Exception bug)
        {
            Faulted(bug, leg);
            return true; // the next tick drains it
        }
    }

    void CloseAll()
    {
        RunCommands();
        foreach (var leg in intake.Legs.ToList())
        {
            leg.Close();
            leg.Quit();
        }
        intake.Dispose();
        Batch.Dispose();
    }
}
