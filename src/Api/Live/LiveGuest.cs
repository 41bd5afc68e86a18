using Microsoft.AspNetCore.SignalR;

namespace CallCenter.Api.Live;

/// <summary>One open connection of the hub, and whose it is.</summary>
internal sealed class LiveGuest(HubCallerContext connection, HttpContext http, Caller caller)
{
    /// <summary>A stream's last word, which says why, leaves before the connection is cut; streams that do not end by themselves are not waited for.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(150), Longest = TimeSpan.FromMilliseconds(400);

    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int doubts, streams;
    private bool leaves;

    public HttpContext Http => http;

    public Caller Caller => caller;

    /// <summary>Looked at once after it came in, since what let it in may have been read a moment before that changed.</summary>
    public bool Settled { get; set; }

    public long Since { get; init; }

    /// <summary>Rises whenever something was done to this caller's rights: who has looked before looks again.</summary>
    public int Doubts => Volatile.Read(ref doubts);

    public void Doubt() => Interlocked.Increment(ref doubts);

    public void Begins() => Interlocked.Increment(ref streams);

    public void Ends()
    {
        if (Interlocked.Decrement(ref streams) == 0 && Volatile.Read(ref leaves)) settled.TrySetResult();
    }

    public async Task ShowOut(TimeProvider time)
    {
        Volatile.Write(ref leaves, true);
        if (Volatile.Read(ref streams) > 0) await Task.WhenAny(settled.Task, Task.Delay(Longest, time));
        await Task.Delay(LastWord, time);
        connection.Abort();
    }
}
