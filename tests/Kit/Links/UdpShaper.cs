using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Rtp;

namespace CallCenter.Kit.Links;

/// <summary>
/// A bad network for RTP between two sockets of one machine: it loses a share of the packets and delays each of the others by a time of its own, so
/// that they overtake each other. It keeps books of what it really did, which is what a receiver should measure. Back goes all as it comes.
/// </summary>
public sealed class UdpShaper : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
    readonly PriorityQueue<byte[], long> waiting = new();
    readonly Random dice;
    readonly double loss;
    readonly TimeSpan spread;
    readonly Thread thread;
    IPEndPoint? near, far;
    volatile bool ended;
    volatile TaskCompletionSource? drained;
    double before, changes;
    long count;

    /// <param name="loss">0–1.</param>
    /// <param name="spread">Delays are drawn evenly from 0 up to it. The jitter of RFC 3550 is about a third of it.</param>
    public UdpShaper(double loss, TimeSpan spread, int seed = 1)
    {
        (this.loss, this.spread, dice) = (loss, spread, new(seed));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Local = (IPEndPoint)socket.LocalEndPoint!;
        thread = new(Run) { IsBackground = true, Name = "shaper" };
    }

    public IPEndPoint Local { get; }

    public long Passed { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>%.</summary>
    public double Loss => 100.0 * Dropped / Math.Max(1, Passed + Dropped);

    /// <summary>Mean of |D| (RFC 3550 §6.4.1) over what was passed on, in the order and at the times it left; ms.</summary>
    public double Jitter => changes / Math.Max(1, count);

    /// <summary>From the one to the other and back.</summary>
    public void Connect(IPEndPoint from, IPEndPoint to)
    {
        (near, far) = (from, to);
        thread.Start();
    }

    /// <summary>Completes when all that came and was not lost has been passed on.</summary>
    public Task Drained()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        drained = done;
        return done.Task;
    }

    public void Dispose()
    {
        ended = true;
        if (thread.IsAlive) thread.Join();
        socket.Dispose();
    }

    void Run()
    {
        var buffer = new byte[2048];
        EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);
        while (!ended)
        {
            if (socket.Poll(Wait(), SelectMode.SelectRead))
            {
                var length = socket.ReceiveFrom(buffer, ref from);
                if (from.Equals(near)) Shape(buffer.AsSpan(0, length));
                else socket.SendTo(buffer.AsSpan(0, length), near!);
            }
            while (waiting.TryPeek(out _, out var due) && due <= Stopwatch.GetTimestamp()) PassOn(waiting.Dequeue());
            if (waiting.Count == 0 && socket.Available == 0) drained?.TrySetResult();
        }
    }

    /// <summary>Up to the next packet's time, 10 ms at most.</summary>
    TimeSpan Wait()
    {
        var longest = TimeSpan.FromMilliseconds(10);
        if (!waiting.TryPeek(out _, out var due)) return longest;
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < longest ? wait : longest;
    }

    void Shape(ReadOnlySpan<byte> packet)
    {
        var (lost, delay) = (dice.NextDouble() < loss, dice.NextDouble() * spread);
        if (lost) Dropped++;
        else waiting.Enqueue(packet.ToArray(), Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));
    }

    void PassOn(byte[] packet)
    {
        socket.SendTo(packet, far!);
        if (!RtpHeader.TryRead(packet, out var header)) return;
        var transit = Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency - header.Timestamp / 8.0;
        if (Passed++ > 0) (changes, count) = (changes + Math.Abs(transit - before), count + 1);
        before = transit;
    }
}
