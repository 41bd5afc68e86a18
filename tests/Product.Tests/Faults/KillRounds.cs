using System.Collections.Concurrent;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Faults;

/// <summary>People who go on calling and answering whatever happens to the product, and know what they were promised.</summary>
sealed class KillRounds(RunningProduct product, int seed) : IAsyncDisposable
{
    const int Agents = 12;

    /// <summary>Calls a second: what the agents can serve, and now and then a little more.</summary>
    const double Rate = 5;

    readonly Random dice = new(seed);
    readonly List<Phone> agents = [];
    readonly ConcurrentQueue<(Phone Phone, PhoneCall Call)> callers = [];
    readonly CancellationTokenSource stop = new();
    readonly List<Task> people = [];
    int called;

    /// <summary>Callers who got a 200.</summary>
    public List<Phone> Promised => [.. callers.Where(c => c.Call.AnsweredAt != 0).Select(c => c.Phone)];

    public int Called => called;

    public double Next(double least, double most)
    {
        lock (dice) return least + (most - least) * dice.NextDouble();
    }

    public async Task Begin()
    {
        for (var i = 0; i < Agents; i++)
        {
            var phone = new Phone(product.Sip, $"{1001 + 2 * i}", "acme.localhost");
            await phone.Register();
            agents.Add(phone);
            people.Add(Serve(phone));
        }
        people.Add(Call());
    }

    /// <summary>Nobody calls any more; whoever talks or waits comes to an end.</summary>
    public async Task End()
    {
        await stop.CancelAsync();
        await Task.WhenAll(people);
        foreach (var (_, call) in callers)
            if (call is { AnsweredAt: not 0, HasEnded: false }) await call.HangUp();
    }

    public async Task AllAreFree(ProductApi acme)
    {
        foreach (var (figure, count) in new[] { ("waiting", 0), ("agentsFree", Agents) })
            await ProductApi.Until(async () => (await acme.Get("queues/sales/live")).GetProperty(figure).GetInt32(), n => n == count, $"{count} {figure}", TimeSpan.FromSeconds(10));
    }

    async Task Call()
    {
        var lives = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            await Sleep(Next(0, 2 / Rate));
            lives.Add(Live($"1393{Interlocked.Increment(ref called):0000000}", patience: Next(0.2, 4)));
        }
        await Task.WhenAll(lives);
    }

    /// <summary>One caller: waits, perhaps talks, hangs up in the end, unless the product did.</summary>
    async Task Live(string number, double patience)
    {
        var phone = new Phone(product.Sip, number, null);
        var call = phone.Dial(Numbers.AcmeSales);
        callers.Enqueue((phone, call));
        try
        {
            await call.Answered();
            await Task.WhenAny(call.Ended(patience), Sleep(patience));
            if (!call.HasEnded) await call.HangUp();
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            // refused, or the product is away: nothing was promised, or it is told by the record
        }
        await Silence(call);
    }

    /// <summary>Thousands of people call in a long run: a call that is over needs no ear and no mouth.</summary>
    async Task Silence(PhoneCall call)
    {
        while (call is { AnsweredAt: not 0, HasEnded: false } && !stop.IsCancellationRequested) await Sleep(0.5);
        call.Dispose();
    }

    /// <summary>An agent answers whatever rings, sometimes not at once.</summary>
    async Task Serve(Phone phone)
    {
        var silenced = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            if (phone.TryRing(out var rung))
            {
                await Sleep(Next(0, 0.3));
                if (!rung.HasEnded) await rung.Answer();
                silenced.Add(Silence(rung));
            }
            await Sleep(0.02);
        }
        await Task.WhenAll(silenced);
    }

    async Task Sleep(double seconds) =>
        await Task.Delay(TimeSpan.FromSeconds(seconds), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(people);
        await Task.WhenAll(agents.Concat(callers.Select(c => c.Phone)).Select(p => p.DisposeAsync().AsTask()));
        stop.Dispose();
    }
}
