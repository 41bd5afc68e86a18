using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport.Ring;

/// <summary>
/// A ring's two queues in memory shared with the kernel: what is asked of it, and what came of that. Of one thread, which lets the kernel work only inside its own
/// calls (IORING_SETUP_DEFER_TASKRUN, Linux 6.1): no interrupt of its own, and no lock.
/// </summary>
sealed unsafe class RingQueues : IDisposable
{
    const int Etime = 62;
    const int MapFailed = -1;

    readonly int ring;
    readonly byte* queues;
    readonly nuint queuesSize, entriesSize;
    readonly RingCalls.Submission* submissions;
    readonly RingCalls.Completion* completions;
    readonly uint* submissionHead, submissionTail, submissionFlags, completionHead, completionTail;
    readonly uint submissionMask, completionMask;
    uint asked, submitted;

    RingQueues(int ring, in RingCalls.Parameters p, byte* queues, nuint queuesSize, byte* entries, nuint entriesSize)
    {
        (this.ring, this.queuesSize, this.entriesSize) = (ring, queuesSize, entriesSize);
        this.queues = queues;
        Capacity = (int)p.SubmissionEntries;
        submissions = (RingCalls.Submission*)entries;
        completions = (RingCalls.Completion*)(queues + p.Completions.Sixth);
        submissionHead = At(p.Submissions.Head);
        submissionTail = At(p.Submissions.Tail);
        submissionFlags = At(p.Submissions.Fifth);
        completionHead = At(p.Completions.Head);
        completionTail = At(p.Completions.Tail);
        (submissionMask, completionMask) = (p.SubmissionEntries - 1, p.CompletionEntries - 1);
        var order = At(p.Submissions.Seventh);
        for (uint i = 0; i < p.SubmissionEntries; i++) order[i] = i; // entries are used in their order
    }

    uint* At(uint offset) => (uint*)(queues + offset);

    /// <summary>Null: the kernel is older, or does not let this process have one.</summary>
    /// <param name="capacity">Submissions that wait for <see cref="Submit"/>; a power of two.</param>
    /// <param name="completions">A power of two.</param>
    public static RingQueues? TryOpen(uint capacity, uint completions)
    {
        var p = new RingCalls.Parameters
        {
            CompletionEntries = completions,
            Flags = RingCalls.SetupCqSize | RingCalls.SetupSubmitAll | RingCalls.SetupTaskrunFlag | RingCalls.SetupSingleIssuer | RingCalls.SetupDeferTaskrun,
        };
        var ring = RingCalls.Setup(capacity, &p);
        if (ring < 0) return null;
        var queuesSize = Math.Max(p.Submissions.Seventh + p.SubmissionEntries * sizeof(uint), p.Completions.Sixth + p.CompletionEntries * (uint)sizeof(RingCalls.Completion));
        var entriesSize = p.SubmissionEntries * (uint)sizeof(RingCalls.Submission);
        var queues = Map(ring, queuesSize, 0);
        var entries = Map(ring, entriesSize, RingCalls.OffsetEntries);
        if ((nint)queues != MapFailed && (nint)entries != MapFailed && (p.Features & RingCalls.FeatureSingleMmap) != 0) return new(ring, p, queues, queuesSize, entries, entriesSize);
        Libc.Close(ring);
        return null;
    }

    static byte* Map(int ring, nuint size, long offset) =>
        (byte*)RingCalls.Map(null, size, RingCalls.ProtectRead | RingCalls.ProtectWrite, RingCalls.MapShared | RingCalls.MapPopulate, ring, (nint)offset);

    public int Capacity { get; }

    public int Register(int what, void* argument, uint count) => RingCalls.Register(ring, what, argument, count);

    /// <summary>Asked for, but not told to the kernel yet.</summary>
    public int Waiting => (int)(asked - submitted);

    /// <summary>The next entry to fill, cleared; it goes out with the next <see cref="Submit"/>, or before, where room is needed. False: the kernel takes no more now (it lacks memory).</summary>
    /// <param name="place">Which of <see cref="Capacity"/> it is: nobody else has that one until it is submitted.</param>
    public bool TryAsk(out RingCalls.Submission* entry, out int place)
    {
        if (Waiting == Capacity) Submit();
        place = (int)(asked & submissionMask);
        entry = submissions + place;
        if (Waiting == Capacity) return false;
        asked++;
        *entry = default;
        return true;
    }

    /// <summary>Tells the kernel what was asked for. What can be done without waiting is done when this returns.</summary>
    public void Submit()
    {
        if (Waiting > 0) Enter(0, 0, null);
    }

    /// <summary>Submits, and waits until something has come of anything.</summary>
    /// <param name="timeout">ns; negative = for ever.</param>
    public void Wait(long timeout)
    {
        var time = new Libc.TimeSpec { Seconds = timeout / MediaClock.PerSecond, Nanoseconds = timeout % MediaClock.PerSecond };
        var argument = new RingCalls.WaitArgument { Timeout = timeout < 0 ? null : &time };
        Enter(timeout == 0 ? 0u : 1, RingCalls.EnterGetEvents | RingCalls.EnterExtArg, &argument);
    }

    void Enter(uint atLeast, uint flags, RingCalls.WaitArgument* argument)
    {
        Volatile.Write(ref *submissionTail, asked);
        RingCalls.Enter(ring, (uint)Waiting, atLeast, flags, argument, argument is null ? 0 : (nuint)sizeof(RingCalls.WaitArgument));
        submitted = Volatile.Read(ref *submissionHead); // what it did not take (out of memory) goes with the next
    }

    /// <summary>What has come of something. Asks the kernel for what is at hand there once all before is taken.</summary>
    public bool TryTake(out RingCalls.Completion completion)
    {
        var head = *completionHead;
        if (head == Volatile.Read(ref *completionTail) && !TryGather(head))
        {
            completion = default;
            return false;
        }
        completion = completions[head & completionMask];
        Volatile.Write(ref *completionHead, head + 1);
        return true;
    }

    /// <summary>The kernel does a few pieces of work a call and leaves the others for the next.</summary>
    bool TryGather(uint head)
    {
        if ((Volatile.Read(ref *submissionFlags) & (RingCalls.SqTaskrun | RingCalls.SqOverflow)) == 0) return false;
        Enter(0, RingCalls.EnterGetEvents, null);
        return head != Volatile.Read(ref *completionTail);
    }

    public void Dispose()
    {
        RingCalls.Unmap(queues, queuesSize);
        RingCalls.Unmap(submissions, entriesSize);
        Libc.Close(ring);
    }
}
