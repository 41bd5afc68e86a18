using System.Diagnostics;
using CallCenter.Contracts;
using CallCenter.Contracts.Journal;
using CallCenter.Domain;
using CallCenter.Domain.Calls;
using CallCenter.Domain.Tenants;
using CallCenter.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Bench;

/// <summary>
/// What the journal costs: the commit as the appender feels it, CPU of the committing thread and of the whole process (the load's own
/// share and the pool's spinning included) per call of 20 facts, and reading a line of 20 facts.
/// </summary>
internal static class JournalFigures
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Tenant = new("bench");

    private static PostgresCost? postgres;

    /// <param name="args">A folder, or the connection string of an empty PostgreSQL database on this machine.</param>
    public static async Task<int> Run(ReadOnlyMemory<string> args)
    {
        var address = args.Length > 0 && args.Span[0].Contains('=', StringComparison.Ordinal) ? args.Span[0] : null;
        if (address is not null) postgres = new(address);
        var folder = args.Length > 0 && address is null ? args.Span[0] : Path.Combine(Path.GetTempPath(), "journal-bench-" + Guid.NewGuid().ToString("n"));
        var options = new StorageOptions { Path = folder, Postgres = address };
        await JournalStart.Run(options, agents: 2_000);
        await using (var services = new ServiceCollection().AddLogging().AddStorage(options).BuildServiceProvider())
        {
            var journal = services.GetRequiredService<IJournal>();
            await Calls(journal, rate: 500, seconds: 4, print: false); // warm
            await Calls(journal, rate: 50, seconds: 6, print: true);
            await Calls(journal, rate: 250, seconds: 6, print: true); // 20 facts a call: 5,000 facts/s
            await Calls(journal, rate: 500, seconds: 6, print: true);
            await Flood(journal);
            await Fold(journal);
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>Eight entries and 20 facts a call, three of them awaited, begun at an even rate.</summary>
    private static async Task Calls(IJournal journal, int rate, int seconds, bool print)
    {
        var felt = new List<double>();
        var calls = new List<Task>();
        var (cpu, thread, server, groups, began) = (Cpu(), ThreadCpu(), PostgresCost.Cpu(), postgres?.Groups() ?? 0, Stopwatch.GetTimestamp());
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(4));
        for (var done = 0; done < rate * seconds; await tick.WaitForNextTickAsync())
        {
            var due = (int)Math.Min(rate * seconds, Stopwatch.GetElapsedTime(began).TotalSeconds * rate);
            for (; done < due; done++) calls.Add(Call(journal, felt));
        }
        await Task.WhenAll(calls);
        var (perCall, committing) = ((Cpu() - cpu).TotalMicroseconds / calls.Count, (ThreadCpu() - thread).TotalMicroseconds / calls.Count);
        server = PostgresCost.Cpu() - server;
        if (!print) return;
        felt.Sort();
        Console.WriteLine($"{rate,4} calls/s, {rate * 20} facts/s: felt p50 {felt[felt.Count / 2]:f2} ms, p99 {felt[felt.Count * 99 / 100]:f2} ms, max {felt[^1]:f1} ms; CPU a call {committing:f0} µs committing, {perCall:f0} µs in all");
        if (postgres is null) return;
        groups = postgres.Groups() - groups;
        Console.WriteLine($"       {groups} commits; server {server.TotalMicroseconds / groups:f0} µs, committing thread {committing * calls.Count / groups:f0} µs a commit of {calls.Count * 20.0 / groups:f1} facts (bar {800 + 14 * calls.Count * 20 / groups} µs both)");
    }

    private static async Task Call(IJournal journal, List<double> felt)
    {
        var subject = Subject.Call(Tenant, CallId.New(Noon));
        Items<PersonalValue> caller = [new(PersonalFields.CallerNumber, "13800138000", "+8613800138000")];
        for (var number = 1; number <= 8; number++)
        {
            var entry = Entry(number);
            if (number is not (1 or 4 or 6))
            {
                _ = journal.Append(subject, entry);
                continue;
            }
            var began = Stopwatch.GetTimestamp();
            await journal.Append(subject, entry, number == 1 ? caller : [], Urgency.Now);
            lock (felt) felt.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        await journal.Read(subject);
    }

    private static JournalEntry Entry(int number)
    {
        var facts = Enumerable.Range(0, number % 2 == 0 ? 3 : 2).Select(Fact (i) => new NodeEntered(Noon.AddMilliseconds(number * 100 + i), "greet")).ToItems();
        Items<Effect> owed = number is 1 or 4 or 6 ? [new AnswerLeg(new("caller"))] : [];
        return new(number, facts, number, owed, number - 1, [new(new(SenderKind.Edge, "edge-0", 638_000_000_000), number)], number == 8);
    }

    /// <summary>As much as goes through.</summary>
    private static async Task Flood(IJournal journal)
    {
        const int subjects = 10_000;
        var (cpu, thread, began) = (Cpu(), ThreadCpu(), Stopwatch.GetTimestamp());
        var appends = new List<Task>(subjects * 8);
        for (var s = 0; s < subjects; s++)
        {
            var subject = Subject.Call(Tenant, CallId.New(Noon));
            for (var number = 1; number <= 8; number++) appends.Add(journal.Append(subject, Entry(number)));
        }
        await Task.WhenAll(appends);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"flood: {subjects * 20 / seconds:f0} facts/s, CPU an entry {(ThreadCpu() - thread).TotalMicroseconds / subjects / 8:f1} µs committing, {(Cpu() - cpu).TotalMicroseconds / subjects / 8:f1} µs in all");
    }

    private static async Task Fold(IJournal journal)
    {
        var subject = Subject.Call(Tenant, CallId.New(Noon));
        for (var number = 1; number <= 8; number++) await journal.Append(subject, Entry(number));
        for (var i = 0; i < 2_000; i++) await journal.Read(subject);
        var began = Stopwatch.GetTimestamp();
        const int rounds = 10_000;
        for (var i = 0; i < rounds; i++) await journal.Read(subject);
        Console.WriteLine($"read of 8 entries with 20 facts: {Stopwatch.GetElapsedTime(began).TotalMicroseconds / rounds:f1} µs");
    }

    /// <summary>Of the committing thread, by its name.</summary>
    private static TimeSpan ThreadCpu()
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
            if (File.ReadAllText(Path.Combine(task, "comm")).Trim() == "journal")
                return TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / 1000);
        return default;
    }

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
}
