using System.Threading.Channels;
using Channel = System.Threading.Channels.Channel;

namespace CallCenter.Edge.Tests;

/// <summary>The station's part where a browser is one: it lets in whom a test says, and hears what becomes of it.</summary>
public sealed class BrowserScript
{
    readonly Channel<string> said = Channel.CreateUnbounded<string>();
    long grants;

    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Who is refused, and why.</summary>
    public PathRefusal Refusal { get; set; }

    /// <summary>The station cannot store who is there.</summary>
    public bool Fails { get; set; }

    public Browser? Connected { get; private set; }

    public BrowserGrant Connect(Browser browser, bool take)
    {
        if (Fails) throw new IOException("no room");
        if (Refusal != PathRefusal.None && !take) return new(Refusal, grants, Grace, DateTimeOffset.UnixEpoch);
        Connected = browser;
        return new(PathRefusal.None, ++grants, Grace, null);
    }

    public void Say(string what) => said.Writer.TryWrite(what);

    /// <summary>What the edge says next: <c>heard</c>, <c>silent</c> or <c>gone</c>, and of which connection.</summary>
    public async Task<string> Next() => await said.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
}
