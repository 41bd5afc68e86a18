using System.Diagnostics;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Postgres;

/// <summary>Two processes with one database: one of them folds what both write.</summary>
public sealed class TwoProjectorsTests : IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    /// <summary>A process: its journal, its views, its projector.</summary>
    private sealed class Process : IDisposable
    {
        public Process(PostgresBox box)
        {
            (Journal, Views) = (box.Journal(), new PostgresViews(box.Open()));
            Projector = new(Journal.Entries, Views, Journal.Journal.Committed, TimeProvider.System, NullLogger<Projector>.Instance);
        }

        public JournalBox Journal { get; }
        public IViewStore Views { get; }
        public Projector Projector { get; }

        public Task Append(Subject subject, JournalEntry entry) => Journal.Journal.Append(subject, entry, urgency: Urgency.Now);

        public void Dispose()
        {
            Projector.Dispose();
            Views.Dispose();
            Journal.Dispose();
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string AfterCall() => box.Sql("select * from callcenter.after_call t order by t::text");

    [Fact]
    public async Task Who_comes_second_folds_nothing_until_the_first_is_gone()
    {
        var (agent, one, two, three) = (Subject.Agent(Acme, Anna), NewCall(At(0)), NewCall(At(100)), NewCall(At(200)));
        using var second = new Process(box);
        string folded;
        using (var first = new Process(box))
        {
            await first.Append(agent, Entry(1, new AgentReleased(At(42), new(Acme, one), 1, At(72), false)));
            first.Projector.CatchUp(Stop);
            second.Projector.CatchUp(Stop);
            await second.Append(agent, Entry(2, new AfterCallEnded(At(52)), new AgentReleased(At(142), new(Acme, two), 2, At(172), false)));
            first.Projector.CatchUp(Stop);
            folded = AfterCall();
            second.Projector.CatchUp(Stop); // it would end what has just begun
            Assert.Equal(folded, AfterCall());
        }
        await second.Append(Subject.Call(Acme, three), WholeCall()[0]);
        for (var since = Stopwatch.GetTimestamp(); !second.Views.Leads() && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20);) { } // the server gives the lead away when it has seen the first one's end
        second.Projector.CatchUp(Stop);
        Assert.NotNull(second.Views.Call(Acme, three));
        Assert.Equal(folded, AfterCall());
    }

    [Fact]
    public async Task What_another_process_writes_is_folded_soon()
    {
        using var first = new Process(box);
        using var second = new Process(box);
        Assert.True(first.Views.Leads());
        await first.Projector.StartAsync(Stop);
        await second.Projector.StartAsync(Stop);
        var call = NewCall();
        foreach (var entry in WholeCall()) await second.Append(Subject.Call(Acme, call), entry);
        for (var folded = first.Projector.Folded.Next; second.Views.Call(Acme, call)?.EndedAt is null; folded = first.Projector.Folded.Next) await folded.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await first.Projector.StopAsync(Stop);
        await second.Projector.StopAsync(Stop);
    }

    [Fact]
    public void Nothing_is_folded_anew_while_a_program_runs()
    {
        using var running = new PostgresViews(box.Open());
        Assert.True(running.Leads());
        Assert.Throws<StorageOutageException>(() => StorageMigrator.Refold(box.Options, NullLoggerFactory.Instance, Stop));
    }

    public void Dispose() => box.Dispose();
}
