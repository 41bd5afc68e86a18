using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Api.Tests.Live;

/// <summary>A client of the live hub, over a WebSocket of its own.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private readonly HubConnection hub;

    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LiveClient(HubConnection hub)
    {
        this.hub = hub;
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <exception cref="WebSocketException">The door is shut.</exception>
    public static async Task<LiveClient> Connect(RunningApi api, string? token, string? host = null, string? origin = null, string? cookie = null)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new Factory(socket =>
        {
            if (token is not null) socket.SetRequestHeader("Authorization", $"Bearer {token}");
            if (host is not null) socket.SetRequestHeader("Host", host);
            if (origin is not null) socket.SetRequestHeader("Origin", origin);
            if (cookie is not null) socket.SetRequestHeader("Cookie", cookie);
        }));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new UriBuilder(api.Address) { Scheme = "ws", Path = "/hubs/live" }.Uri));
        var hub = builder.Build();
        await hub.StartAsync(Stop);
        return new(hub);
    }

    public static async Task<LiveClient> Connect(RunningApi api, TenantId tenant, string user) => await Connect(api, await api.Token(tenant, user));

    /// <summary>Opens a stream; what cannot be watched fails at the first reading.</summary>
    public async Task<LiveReading> Watch(string[] topics, string? agent = null, JsonElement? after = null) =>
        new(await hub.StreamAsChannelAsync<JsonElement>("Watch", new { topics, agent, after }, Stop));

    /// <summary>Waits until the hub cuts the connection.</summary>
    public Task Closed() => closed.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private sealed class Factory(Action<ClientWebSocketOptions> dress) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var socket = new ClientWebSocket();
            dress(socket.Options);
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new SocketConnection(WebSocketStream.Create(socket, WebSocketMessageType.Text, ownsWebSocket: true));
        }
    }

    private sealed class SocketConnection(Stream stream) : DefaultConnectionContext(Guid.NewGuid().ToString()), IDuplexPipe
    {
        public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }
        public PipeReader Input { get; } = PipeReader.Create(stream);
        public PipeWriter Output { get; } = PipeWriter.Create(stream);
        public override ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}

/// <summary>A stream of the hub, read batch by batch.</summary>
internal sealed class LiveReading(ChannelReader<JsonElement> batches)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Queue<JsonElement> events = [];

    /// <summary>Where this reading stands, to go on from there.</summary>
    public JsonElement Position { get; private set; }

    /// <exception cref="Microsoft.AspNetCore.SignalR.HubException">The hub says no.</exception>
    public async Task<JsonElement> Batch()
    {
        var batch = await batches.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Position = JsonSerializer.SerializeToElement(new { epoch = batch.GetProperty("epoch").GetString(), number = batch.GetProperty("number").GetInt64() });
        foreach (var happened in batch.GetProperty("events").EnumerateArray()) events.Enqueue(happened);
        return batch;
    }

    public async Task<JsonElement> Event()
    {
        while (events.Count == 0) await Batch();
        return events.Dequeue();
    }

    /// <summary>Reads until the stream ends.</summary>
    /// <returns>What was the hub's last word.</returns>
    public async Task<string> End()
    {
        while (true)
            try
            {
                await Batch();
            }
            catch (Exception end) when (end is Microsoft.AspNetCore.SignalR.HubException or ChannelClosedException)
            {
                return (end.InnerException ?? end).Message;
            }
    }
}
