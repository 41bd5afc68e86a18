using System.Diagnostics;
using CallCenter.Kit.Product;
using CallCenter.Media;

namespace CallCenter.Product.Tests.Gates;

/// <summary>Clients that hold connections open for their own sake: heads and bodies that come a letter at a time. They are shut out, and nobody waits for them.</summary>
public sealed class SlowClientTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    /// <summary>Of each kind; all of them from one address.</summary>
    const int Clients = 300;

    /// <summary>Who measures goes before those who are measured.</summary>
    const int Niceness = -11;

    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>What everybody else may wait for an answer meanwhile.</summary>
    static readonly TimeSpan Bar = TimeSpan.FromSeconds(1);

    /// <summary>Within which a slow client is shut out: heads have 10 s, bodies 5 s and what comes in time.</summary>
    static readonly TimeSpan ShutOut = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Hundreds_of_slow_clients_are_shut_out_and_everybody_else_is_answered_within_a_second()
    {
        Answer(); // what is run for the first time is compiled first
        var since = Stopwatch.GetTimestamp();
        var slow = new List<Wire>();
        try
        {
            for (var i = 0; i < Clients; i++)
            {
                slow.Add(new(product.Product.HttpPort));
                await slow[^1].Send("GET /api/v1/session HTTP/1.1\r\nHost: acme.localhost\r\nX-");
                slow.Add(new(product.Product.HttpPort));
                await slow[^1].Send("POST /api/v1/session HTTP/1.1\r\nHost: acme.localhost\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n{");
            }
            var ends = Task.WhenAll(slow.Select(wire => wire.Read()));
            using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var asking = Task.Factory.StartNew(() => Ask(over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await DripUntil(ends, slow, since);
            await over.CancelAsync();
            var waits = await asking;
            Assert.True(ends.IsCompleted, $"slow clients were still held after {ShutOut.TotalSeconds} s");
            Assert.All(await ends, answer => Assert.True(answer.Status is 0 or 408 or 400, $"a slow client got {answer.Head}"));
            TestContext.Current.TestOutputHelper!.WriteLine($"{waits.Count} answers beside {slow.Count} slow clients: median {waits.Order().ElementAt(waits.Count / 2):0.0} ms, longest {waits.Max():0.0} ms; all shut out after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
            Assert.True(waits.Max() < Bar.TotalMilliseconds, $"somebody waited {waits.Max():0} ms");
        }
        finally
        {
            foreach (var wire in slow) wire.Dispose();
        }
    }

    /// <summary>What answers take everybody else, ms: asked every 100 ms by a thread of its own, for the slow clients' sockets work for the pool.</summary>
    List<double> Ask(CancellationToken until)
    {
        ThreadOrder.Set(Niceness);
        var waits = new List<double>();
        while (!until.WaitHandle.WaitOne(Pace)) waits.Add(Answer());
        return waits;
    }

    /// <summary>How long one takes, ms.</summary>
    double Answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/queues");
        var asked = Stopwatch.GetTimestamp();
        using var answer = product.Acme.Http.Send(request, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        answer.EnsureSuccessStatusCode();
        return took;
    }

    static async Task DripUntil(Task ends, List<Wire> slow, long since)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var ticks = 1; !ends.IsCompleted && Stopwatch.GetElapsedTime(since) < ShutOut && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken); ticks++)
        {
            if (ticks % 10 != 0) continue;
            foreach (var wire in slow) await Drip(wire);
        }
    }

    /// <summary>One more letter a second: too little to be done, and not nothing.</summary>
    static async Task Drip(Wire wire)
    {
        try
        {
            await wire.Send("x");
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // shut out
        }
    }
}
