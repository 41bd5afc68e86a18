using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Stations;

/// <summary>What an agent's screen is told by the live hub, as it comes.</summary>
sealed class DeskWire : IDisposable
{
    const char End = '\u001e';
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly ClientWebSocket socket = new();
    readonly Channel<(JsonElement Event, long At)> events;
    readonly TaskCompletionSource<JsonElement> snapshot = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How things were when it was opened.</summary>
    public JsonElement Desk { get; private set; }

    DeskWire(Channel<(JsonElement, long)>? together) => events = together ?? Channel.CreateUnbounded<(JsonElement, long)>();

    /// <param name="together">What comes by several wires comes to all of them; null for one alone.</param>
    public static async Task<DeskWire> Open(RunningProduct product, ProductApi who, string agent, Channel<(JsonElement, long)>? together = null)
    {
        var wire = new DeskWire(together);
        wire.socket.Options.SetRequestHeader("Authorization", $"Bearer {who.Token}");
        await wire.socket.ConnectAsync(new Uri($"ws://127.0.0.1:{product.HttpPort}/hubs/live"), TestContext.Current.CancellationToken);
        await wire.Say(new { protocol = "json", version = 1 });
        await wire.Say(new { type = 4, invocationId = "1", target = "Watch", arguments = new object[] { new { topics = new[] { "desk" }, agent } } });
        _ = wire.Read();
        wire.Desk = (await wire.snapshot.Task.WaitAsync(Patience)).GetProperty("desk");
        return wire;
    }

    Task Say(object message) => socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, true, CancellationToken.None);

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
            // the test is over
        }
    }

    void Take(string message)
    {
        var at = Clock.Now;
        var told = JsonDocument.Parse(message).RootElement;
        if (told.TryGetProperty("error", out var error)) snapshot.TrySetException(new InvalidOperationException(error.GetString()));
        if (!told.TryGetProperty("item", out var item)) return;
        if (item.TryGetProperty("snapshot", out var first)) snapshot.TrySetResult(first);
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
            throw new TimeoutException($"the desk was not told '{kind}'");
        }
    }

    public void Dispose() => socket.Dispose();
}
