using System.Net;
using System.Net.Sockets;

namespace CallCenter.Kit.Links;

/// <summary>A UDP port between one known end and whoever spoke last from the other side; it can lose a share of what passes.</summary>
public sealed class UdpRelay : IAsyncDisposable
{
    readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly CancellationTokenSource stop = new();
    readonly Task running;
    readonly Random dice;
    readonly int lossPercent;
    IPEndPoint? known, other;

    public UdpRelay(int lossPercent = 0, int seed = 1)
    {
        (this.lossPercent, dice) = (lossPercent, new(seed));
        running = Run();
    }

    public IPEndPoint Local => (IPEndPoint)socket.Client.LocalEndPoint!;

    /// <summary>The end to which everything goes that does not come from it.</summary>
    public void ConnectTo(IPEndPoint end) => Volatile.Write(ref known, end);

    async Task Run()
    {
        try
        {
            while (true)
            {
                var packet = await socket.ReceiveAsync(stop.Token);
                var fromKnown = packet.RemoteEndPoint.Equals(Volatile.Read(ref known));
                if (!fromKnown) other = packet.RemoteEndPoint;
                if ((fromKnown ? other : known) is { } to && dice.Next(100) >= lossPercent) await socket.SendAsync(packet.Buffer, to, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return; // the test is over
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        socket.Dispose();
        stop.Dispose();
    }
}
