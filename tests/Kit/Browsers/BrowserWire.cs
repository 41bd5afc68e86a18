using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace CallCenter.Kit.Browsers;

/// <summary>
/// Numbered JSON questions and answers over a WebSocket, with events in between: Chromium's DevTools protocol and WebDriver BiDi have that much in common.
/// </summary>
sealed class BrowserWire : IAsyncDisposable
{
    /// <summary>A browser that starts on a busy machine takes its time.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ClientWebSocket socket = new();
    readonly SemaphoreSlim sending = new(1);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> asked = new();
    readonly ConcurrentDictionary<string, Channel<JsonElement>> events = new();
    Task reading = Task.CompletedTask;
    int number;

    public static async Task<BrowserWire> Connect(Uri address)
    {
        var wire = new BrowserWire();
        using var limit = new CancellationTokenSource(Patience);
        await wire.socket.ConnectAsync(address, limit.Token);
        wire.reading = wire.Read();
        return wire;
    }

    /// <summary>The answer's result; a refusal fails.</summary>
    /// <param name="session">Of the page that is meant, where one connection serves several.</param>
    public async Task<JsonElement> Ask(string method, object parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref number);
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var question = JsonSerializer.SerializeToUtf8Bytes(session is null ? new { id, method, @params = parameters } : (object)new { id, method, @params = parameters, sessionId = session });
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(question, WebSocketMessageType.Text, true, stop.Token);
        }
        finally
        {
            sending.Release();
        }
        return await Within(answer.Task, $"an answer to {method}");
    }

    /// <summary>The next event of a name that nobody waited for yet.</summary>
    public async Task<JsonElement> Event(string method, string? session = null) => await Within(Events(method, session).Reader.ReadAsync(stop.Token).AsTask(), method);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await reading;
        sending.Dispose();
        stop.Dispose();
    }

    Channel<JsonElement> Events(string method, string? session) => events.GetOrAdd($"{session} {method}", _ => Channel.CreateBounded<JsonElement>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropOldest }));

    static async Task<JsonElement> Within(Task<JsonElement> task, string what)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the browser owes {what} for {Patience.TotalSeconds} s");
        }
    }

    async Task Read()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 << 10];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), stop.Token);
                if (part.MessageType == WebSocketMessageType.Close) break;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                using var json = JsonDocument.Parse(message.GetBuffer().AsMemory(0, (int)message.Length));
                Take(json.RootElement.Clone());
                message.SetLength(0);
            }
            Fail(new IOException("the browser closed the connection"));
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            Fail(new IOException("the browser is gone", end));
        }
    }

    void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
        {
            if (!asked.TryRemove(id.GetInt32(), out var answer)) return;
            if (message.TryGetProperty("result", out var result)) answer.TrySetResult(result);
            else answer.TrySetException(new InvalidOperationException($"the browser refused: {message.GetRawText()}"));
        }
        else if (message.TryGetProperty("method", out var method))
        {
            var session = message.TryGetProperty("sessionId", out var of) ? of.GetString() : null;
            Events(method.GetString()!, session).Writer.TryWrite(message.GetProperty("params"));
        }
    }

    void Fail(IOException fault)
    {
        foreach (var answer in asked.Values) answer.TrySetException(fault);
        foreach (var waiting in events.Values) waiting.Writer.TryComplete(fault);
    }
}
