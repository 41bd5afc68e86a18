using System.Numerics;

namespace CallCenter.Sip.Transport;

/// <summary>A timer of the loop, to be started again as often as wanted. Fires on the loop, never early, at most <see cref="TimerWheel.Tick"/> late by design.</summary>
public sealed class LoopTimer(Action fire)
{
    internal LoopTimer? Previous, Next;
    internal long Due;
    internal int Slot = -1;

    public bool IsRunning => Slot >= 0;

    internal void Fire() => fire();
}

/// <summary>Hashed timing wheel: starting, stopping and firing cost the same however many timers run; a call leaves half a dozen 32 s timers behind, and most are stopped.</summary>
sealed class TimerWheel
{
    /// <summary>SIP's shortest timer is 500 ms and flows need no more than this.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(4);

    const int Slots = 8192; // × 4 ms = 32.8 s: the 64·T1 timers fit in one round
    const int Ready = Slots;

    readonly LoopTimer?[] heads = new LoopTimer?[Slots + 1];
    readonly ulong[] filled = new ulong[Slots / 64];
    long current;

    public int Count { get; private set; }

    /// <param name="now">Time since the wheel's start.</param>
    public void Start(LoopTimer timer, TimeSpan now, TimeSpan after)
    {
        Stop(timer);
        var due = now + after;
        timer.Due = Math.Max(current + 1, (due.Ticks + Tick.Ticks - 1) / Tick.Ticks);
        Link(timer, (int)(timer.Due % Slots));
        Count++;
    }

    public void Stop(LoopTimer timer)
    {
        if (!timer.IsRunning) return;
        Unlink(timer);
        Count--;
    }

    /// <summary>Takes the next timer that is due, or null. Call until null: a fired timer may start or stop others.</summary>
    public LoopTimer? TakeDue(TimeSpan now)
    {
        Collect(now.Ticks / Tick.Ticks);
        if (heads[Ready] is not { } timer) return null;
        Stop(timer);
        return timer;
    }

    /// <summary>How long until the loop must look again; null where nothing runs.</summary>
    public TimeSpan? UntilNext(TimeSpan now)
    {
        if (Count == 0) return null;
        if (heads[Ready] is not null) return TimeSpan.Zero;
        var wait = new TimeSpan(NextFilled() * Tick.Ticks) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    void Collect(long now)
    {
        if (now <= current) return;
        if (Count > 0)
            for (var tick = Math.Max(current + 1, now - Slots + 1); tick <= now; tick++)
                if (heads[tick % Slots] is not null) Sift((int)(tick % Slots), now);
        current = now;
    }

    /// <summary>Timers of later rounds stay in the slot.</summary>
    void Sift(int slot, long now)
    {
        for (var timer = heads[slot]; timer is not null;)
        {
            var next = timer.Next;
            if (timer.Due <= now)
            {
                Unlink(timer);
                Link(timer, Ready);
            }
            timer = next;
        }
    }

    /// <summary>The first tick after the current one whose slot is filled; a slot of later rounds only wakes the loop once a round for nothing.</summary>
    long NextFilled()
    {
        var tick = current + 1;
        for (var words = 0; words <= filled.Length; words++)
        {
            var slot = (int)(tick % Slots);
            var word = filled[slot / 64] >> (slot % 64);
            if (word != 0) return tick + BitOperations.TrailingZeroCount(word);
            tick += 64 - slot % 64;
        }
        return tick;
    }

    void Link(LoopTimer timer, int slot)
    {
        timer.Slot = slot;
        timer.Previous = null;
        timer.Next = heads[slot];
        if (timer.Next is not null) timer.Next.Previous = timer;
        heads[slot] = timer;
        if (slot < Slots) filled[slot / 64] |= 1UL << (slot % 64);
    }

    void Unlink(LoopTimer timer)
    {
        var slot = timer.Slot;
        if (timer.Previous is null) heads[slot] = timer.Next;
        else timer.Previous.Next = timer.Next;
        if (timer.Next is not null) timer.Next.Previous = timer.Previous;
        if (heads[slot] is null && slot < Slots) filled[slot / 64] &= ~(1UL << (slot % 64));
        (timer.Previous, timer.Next, timer.Slot) = (null, null, -1);
    }
}
