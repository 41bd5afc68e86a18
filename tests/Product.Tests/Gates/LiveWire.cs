using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Gates;

/// <summary>A client of the live hub by the plain protocol: JSON messages, each ended by the character 30.</summary>
sealed class LiveWire : IDisposable
{
    const char End = '\u001e';
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly ClientWebSocket socket = new();
    readonly StringBuilder heard = new();

    /// <summary>Connected, and watching these topics; what comes first has come.</summary>
    public static async Task<LiveWire> Open(RunningProduct product, ProductApi who, params string[] topics)
    {
        var wire = new LiveWire();
        wire.socket.Options.SetRequestHeader("Authorization", $"Bearer {who.Token}");
        await wire.socket.ConnectAsync(new Uri($"ws://127.0.0.1:{product.HttpPort}/hubs/live"), TestContext.Current.CancellationToken);
        await wire.Say(new { protocol = "json", version = 1 });
        await wire.Next();
        await wire.Say(new { type = 4, invocationId = "1", target = "Watch", arguments = new object[] { new { topics } } });
        await wire.Next();
        return wire;
    }

    Task Say(object message) => socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next message; null once the connection is closed.</summary>
    public async Task<string?> Next()
    {
        var buffer = new byte[64 * 1024];
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        while (heard.ToString() is var text)
        {
            if (text.IndexOf(End, StringComparison.Ordinal) is >= 0 and var end)
            {
                heard.Remove(0, end + 1);
                return text[..end];
            }
            try
            {
                var read = await socket.ReceiveAsync(buffer, late.Token);
                if (read.MessageType == WebSocketMessageType.Close) return null;
                heard.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            }
            catch (WebSocketException)
            {
                return null; // cut without a word
            }
        }
        return null;
    }

    /// <summary>Reads until the connection is closed; what was said meanwhile.</summary>
    public async Task<string> Closed()
    {
        var said = new StringBuilder();
        while (await Next() is { } message) said.AppendLine(message);
        return said.ToString();
    }

    public void Dispose() => socket.Dispose();
}
