using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Gates;

/// <summary>A client of the live hub by the plain protocol: JSON messages, each ended by the character 30.</summary>
sealed class LiveWire : IDisposable
{
    const char End = '\u001e';
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly ClientWebSocket socket = new();
    readonly Channel<(JsonElement Event, long At)> events;
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task reading = Task.CompletedTask;

    LiveWire(Channel<(JsonElement, long)>? together) => events = together ?? Channel.CreateUnbounded<(JsonElement, long)>();

    /// <summary>Connected, and watching these topics; what comes first has come.</summary>
    public static Task<LiveWire> Open(RunningProduct product, ProductApi who, params string[] topics) => Watch(product, who, new { topics });

    /// <summary>What an agent's own screen is told.</summary>
    /// <param name="together">What comes by several wires comes to all of them; null for one alone.</param>
    public static Task<LiveWire> Desk(RunningProduct product, ProductApi who, string agent, Channel<(JsonElement, long)>? together = null) => Watch(product, who, new { topics = new[] { "desk" }, agent }, together);

    static async Task<LiveWire> Watch(RunningProduct product, ProductApi who, object wish, Channel<(JsonElement, long)>? together = null)
    {
        var wire = new LiveWire(together);
        wire.socket.Options.SetRequestHeader("Authorization", $"Bearer {who.Token}");
        await wire.socket.ConnectAsync(new Uri($"ws://127.0.0.1:{product.HttpPort}/hubs/live"), TestContext.Current.CancellationToken);
        await wire.Say(new { protocol = "json", version = 1 });
        await wire.Say(new { type = 4, invocationId = "1", target = "Watch", arguments = new[] { wish } });
        wire.reading = wire.Read();
        await wire.begun.Task.WaitAsync(Patience);
        return wire;
    }

    Task Say(object message) => socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    async Task Read()
    {
        var (buffer, heard) = (new byte[64 * 1024], new StringBuilder());
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } read)
            {
                heard.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
                for (int end; (end = heard.ToString().IndexOf(End, StringComparison.Ordinal)) >= 0; heard.Remove(0, end + 1)) Take(heard.ToString(0, end));
            }
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // cut without a word, or the test is over
        }
        events.Writer.TryComplete();
    }

    void Take(string message)
    {
        var at = Clock.Now;
        var told = JsonDocument.Parse(message).RootElement;
        if (told.TryGetProperty("error", out var error)) begun.TrySetException(new InvalidOperationException(error.GetString()));
        if (!told.TryGetProperty("item", out var item)) return;
        if (item.TryGetProperty("snapshot", out _)) begun.TrySetResult();
        foreach (var happened in item.GetProperty("events").EnumerateArray()) events.Writer.TryWrite((happened, at));
    }

    /// <summary>The next event of that kind, and when it came (ns); others are passed over.</summary>
    public async Task<(JsonElement Event, long At)> Next(string kind)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (true)
                if (await events.Reader.ReadAsync(limit.Token) is var next && next.Event.GetProperty("kind").GetString() == kind) return next;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the client was not told '{kind}'");
        }
    }

    /// <summary>What the topic of agents tells of one, as soon as it is so.</summary>
    public async Task<JsonElement> Agent(string agent, Func<JsonElement, bool> so)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var (told, _) in events.Reader.ReadAllAsync(limit.Token))
            if (told.TryGetProperty("agent", out var now) && now.ValueKind == JsonValueKind.Object && now.GetProperty("agent").GetString() == agent && so(now)) return now;
        throw new InvalidOperationException($"the connection ended before it told that of {agent}");
    }

    /// <summary>Once the connection is closed.</summary>
    public Task Closed() => reading.WaitAsync(Patience);

    public void Dispose() => socket.Dispose();
}
