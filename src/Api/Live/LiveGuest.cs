using Microsoft.AspNetCore.SignalR;

namespace CallCenter.Api.Live;

/// <summary>One open connection of the hub, and whose it is.</summary>
internal sealed class LiveGuest(HubCallerContext connection, HttpContext http, Caller caller)
{
    /// <summary>A stream's last word, which says why, leaves before the connection is cut.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(100);

    private int doubts;

    public HttpContext Http => http;

    public Caller Caller => caller;

    /// <summary>Looked at once after it came in, since what let it in may have been read a moment before that changed.</summary>
    public bool Settled { get; set; }

    public long Since { get; init; }

    /// <summary>Rises whenever something was done to this caller's rights: who has looked before looks again.</summary>
    public int Doubts => Volatile.Read(ref doubts);

    public void Doubt() => Interlocked.Increment(ref doubts);

    public async Task ShowOut(TimeProvider time)
    {
        await Task.Delay(LastWord, time);
        connection.Abort();
    }
}
