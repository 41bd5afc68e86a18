using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace CallCenter.Bench;

/// <summary>What the embedded grain runtime costs; one line per figure, with its bar.</summary>
static class RuntimeFigures
{
    const int Callers = 64;
    const int Idle = 200_000;

    internal static async Task<int> Run()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleans(static _ => { });
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        OneCore.Enter();
        await Throughput("calls, one core, 64 callers", grains, static (grain, n) => grain.Ping(n));
        await Throughput("calls with an await inside, one core, 64 callers", grains, static (grain, n) => grain.PingLater(n));
        await Beside(grains, "one core");
        OneCore.Leave();
        await Beside(grains, "all cores");
        await IdleSize(grains);
        await host.StopAsync();
        return 0;
    }

    static async Task Throughput(string name, IGrainFactory grains, Func<IPingGrain, int, Task<int>> call)
    {
        await Round(200_000);
        var runs = new List<(double Rate, double Cpu, double Bytes)>();
        for (int run = 0; run < 5; run++) runs.Add(await Round(2_000_000));
        var median = runs.OrderBy(r => r.Rate).ElementAt(runs.Count / 2);
        Print(name, $"{median.Rate / 1e6:F2} M/s (bar 1.00), {median.Cpu:F2} µs CPU a call (bar 1.00), {median.Bytes:F0} B a call (bar 200); best {runs.Max(r => r.Rate) / 1e6:F2} M/s");

        async Task<(double, double, double)> Round(int calls)
        {
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            long allocated = GC.GetTotalAllocatedBytes(precise: true), began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(c => Task.Run(async () =>
            {
                var grain = grains.GetGrain<IPingGrain>($"ping-{c}");
                for (int n = 0; n < calls / Callers; n++) await call(grain, n);
            })));
            double took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            double used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds;
            return (calls / took, used / calls, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)calls);
        }
    }

    /// <summary>The delay that callers of other grains see while one grain is kept as busy as it can be.</summary>
    static async Task Beside(IGrainFactory grains, string cores)
    {
        using var stop = new CancellationTokenSource();
        var hot = Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            var grain = grains.GetGrain<IPingGrain>("hot");
            while (!stop.IsCancellationRequested) await grain.Spin();
        })).ToArray();
        var delays = new List<double>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (int n = 0; n < 3_000; n++)
        {
            await pace.WaitForNextTickAsync();
            long began = Stopwatch.GetTimestamp();
            await grains.GetGrain<IPingGrain>($"victim-{n % 100}").Ping(n);
            delays.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        await stop.CancelAsync();
        await Task.WhenAll(hot);
        delays.Sort();
        Print($"beside a hot grain, {cores}", $"p50 {delays[delays.Count / 2] * 1000:F0} µs, p99 {delays[delays.Count * 99 / 100]:F3} ms (bar 1.000), worst {delays[^1]:F2} ms");
    }

    static async Task IdleSize(IGrainFactory grains)
    {
        await grains.GetGrain<IPingGrain>("warm").Ping(0);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int n = 0; n < Idle; n++) await grains.GetGrain<IPingGrain>($"idle-{n:D6}").Ping(n);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Print("idle activation, key of 11 characters included", $"{(after - before) / (double)Idle:F0} B over {Idle} (bar 800)");
    }

    static void Print(string name, FormattableString figure) => Console.WriteLine($"runtime: {name}: {figure.ToString(CultureInfo.InvariantCulture)}");
}
