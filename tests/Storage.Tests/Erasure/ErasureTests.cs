using CallCenter.Storage.Journal;
using CallCenter.Storage.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Erasure;

/// <summary>Whoever is erased is found nowhere; what is counted stays counted.</summary>
public abstract class ErasureTests
{
    private const string Number = "13800138000", Canonical = "+8613800138000";
    private static readonly Author Admin = new(Acme, "admin", "10.0.0.7");

    private protected abstract StorageOptions Options { get; }

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected ServiceProvider Open() => new ServiceCollection().AddLogging(logs => logs.SetMinimumLevel(LogLevel.Trace).AddProvider(log)).AddStorage(Options).BuildServiceProvider();

    private readonly Log log = new();

    /// <summary>All that can be read without the tenant's key: tables and files.</summary>
    private protected abstract string Everything();

    private protected static async Task<CallId> Call(ServiceProvider services, string number = Number, string? canonical = Canonical, TenantId? owner = null, bool ends = true, string? field = null)
    {
        var call = NewCall();
        var tenant = owner ?? Acme;
        await services.GetRequiredService<IBlobs>().Write(tenant, $"recordings/{call}/r1/t/000000-0-8000.end", new byte[] { 1 }, Stop);
        foreach (var entry in ends ? WholeCall() : WholeCall()[..3])
            await services.GetRequiredService<IJournal>().Append(Subject.Call(tenant, call), entry, entry.Number == 1 ? [new(field ?? PersonalFields.CallerNumber, number, canonical), new(PersonalFields.CallerName, "李雷")] : [], Urgency.Now);
        return call;
    }

    [Fact]
    public async Task All_calls_of_a_number_lose_what_is_personal_and_keep_what_is_counted()
    {
        await using var services = Open();
        var (one, two, dialled, other) = (await Call(services), await Call(services), await Call(services, field: PersonalFields.Dial(Phone)), await Call(services, "13900139000", "+8613900139000"));
        var stranger = await Call(services, owner: Globex);
        var before = (await services.GetRequiredService<IReports>().Facts(Acme, one, Stop))!.Value;

        var erased = await services.GetRequiredService<IErasure>().Number(Acme, "138 0013 8000", Admin, Stop);
        Assert.Equal(new[] { one, two, dialled }.Order(Comparer<CallId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))), erased.Calls.AsEnumerable().OrderBy(c => c.Value, StringComparer.Ordinal));
        Assert.Equal(3, erased.Files);
        Assert.Empty(erased.GoingOn);

        var personal = services.GetRequiredService<IPersonal>();
        foreach (var call in erased.Calls.AsEnumerable())
        {
            Assert.Empty(await personal.Read(Subject.Call(Acme, call), Stop));
            Assert.Empty(await services.GetRequiredService<IBlobs>().List(Acme, $"recordings/{call}/", Stop));
        }
        Assert.Equal(2, (await personal.Read(Subject.Call(Acme, other), Stop)).Count);
        Assert.Equal(2, (await personal.Read(Subject.Call(Globex, stranger), Stop)).Count);
        var facts = (await services.GetRequiredService<IReports>().Facts(Acme, one, Stop))!.Value;
        Assert.Equal(before.AsEnumerable(), facts.AsEnumerable().SkipLast(1));
        Assert.Equal(("admin", "10.0.0.7"), ((PersonErased)facts[^1]).By is var by ? (by, ((PersonErased)facts[^1]).Whence) : default);
        Assert.Empty((await services.GetRequiredService<IErasure>().Number(Acme, Number, Admin, Stop)).Calls); // nothing is found any more
    }

    [Fact]
    public async Task Nothing_of_a_caller_with_voicemail_and_recording_is_left_in_any_table_file_or_log()
    {
        await using var services = Open();
        var (journal, blobs, personal) = (services.GetRequiredService<IJournal>(), services.GetRequiredService<IBlobs>(), services.GetRequiredService<IPersonal>());
        var call = NewCall();
        var subject = Subject.Call(Acme, call);
        PersonalValue[] mine = [new(PersonalFields.CallerNumber, Number, Canonical), new(PersonalFields.CallerName, "李雷 Li Lei"), new(PersonalFields.Collected("ask-id"), "31010119800101123"), new(PersonalFields.Dial(new("number-1")), "02155667788", "+862155667788")];
        await journal.Append(subject, Entry(1, Arrived(), new LegAnswered(At(1), Caller), new DigitsCollected(At(2), "ask-id", 17, Masked: false), new VoicemailStarted(At(3), "mail", "sales", "vm1", CallMachine.VoicemailTrack, Caller)), [.. mine], Urgency.Now);
        await journal.Append(subject, Entry(2, new VoicemailLeft(At(9), "sales", "vm1", 6_000), new CallEnded(At(9), EndedBy.Caller, EndReason.HangUp, Blame.Nobody), new LegEnded(At(9), Caller, LegEndedBy.FarEnd, 0, 16)), urgency: Urgency.Now);
        foreach (var name in new[] { "r1/caller-1/000000-0-8000.end", "vm1/caller-1/000000-0-8000.end" }) await blobs.Write(Acme, $"recordings/{call}/{name}", services.GetRequiredService<ITenantCipher>().Encrypt(Acme, new byte[8000]), Stop);
        var early = await services.GetRequiredService<IErasure>().Number(Acme, Number, Admin, Stop);
        Assert.Equal([call], early.GoingOn); // its recording is still being written

        await journal.Append(subject, Entry(3, new Domain.Calls.Conversations.TrackSealed(At(9.2), "vm1", CallMachine.VoicemailTrack, 1, 0, "ab")).Ends(), urgency: Urgency.Now);
        await journal.Append(Subject.Voicemail(Acme, $"{call}-vm1"), Entry(1, new Domain.Voicemails.VoicemailMarked(At(20), Domain.Voicemails.VoicemailState.Taken, Anna, "anna")), urgency: Urgency.Now);
        Assert.Equal(2, (await services.GetRequiredService<IErasure>().Number(Acme, Number, Admin, Stop)).Files);

        // Whatever comes late has lost its fence, and brings nothing back.
        await Assert.ThrowsAsync<FencedException>(() => journal.Append(subject, Entry(4, new LegEnded(At(9.5), Phone, LegEndedBy.Us, 0, 0)), [.. mine], Urgency.Now));
        Assert.Empty(await personal.Read(subject, Stop));
        Assert.Empty(await blobs.List(Acme, $"recordings/{call}/", Stop));
        services.GetRequiredService<CallCenter.Storage.Projections.Projector>().CatchUp(Stop);
        Assert.Null((await services.GetRequiredService<IReports>().Call(Acme, call, Stop))!.From);
        var everything = Everything();
        Assert.Contains(call.Value, everything, StringComparison.Ordinal); // it reads what is there
        foreach (var text in new[] { Number, Canonical, "138 0013", "Li Lei", "李雷", "31010119800101123", "02155667788", "+862155667788" })
        {
            Assert.DoesNotContain(text, everything, StringComparison.Ordinal);
            Assert.DoesNotContain(text, log.Text, StringComparison.Ordinal);
        }
        Assert.Contains("erased the people of 1 calls", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_goes_with_all_numbers_and_what_was_written_of_it_and_its_calls_stay_counted()
    {
        await using var services = Open();
        var (book, summaries) = (services.GetRequiredService<Contracts.Customers.ICustomerBook>(), services.GetRequiredService<Contracts.Customers.ISummaryBook>());
        var person = Domain.Customers.Customer.New(Acme, new("c-1")) with { Name = "李雷 Li Lei", Numbers = [Number, "021-55667788"], Note = "likes tulips", Fields = [new("city", "Shanghai Pudong")] };
        await book.Put(person, Admin, stop: Stop);
        var (mobile, landline, goingOn) = (await Call(services), await Call(services, "02155667788", "+862155667788"), await Call(services, "02155667788", "+862155667788", ends: false));
        var summary = Domain.Summaries.Summary.New(Acme, mobile, Anna) with { CallType = "repair", Note = "his fridge is broken", Fields = [new("serial", "SN-4711-X")], Final = true, At = At(50) };
        await summaries.Put(summary, Stop);
        await summaries.Put(summary with { Agent = Bert, Note = "a draft about roses", Final = false }, Stop);

        var early = await services.GetRequiredService<IErasure>().Number(Acme, Number, Admin, Stop);
        Assert.Equal((2, 0), (early.Calls.Count, early.Customers));
        Assert.Equal([goingOn], early.GoingOn);
        Assert.NotNull(await book.Find(Acme, person.Id, Stop)); // by it the other number is found again
        foreach (var entry in WholeCall()[3..]) await services.GetRequiredService<IJournal>().Append(Subject.Call(Acme, goingOn), entry, urgency: Urgency.Now);
        var erased = (await services.GetRequiredService<IErasure>().Customer(Acme, person.Id, Admin, Stop))!;
        Assert.Equal((1, 1), (erased.Calls.Count, erased.Customers));
        Assert.Null(await book.Find(Acme, person.Id, Stop));
        Assert.Null(await services.GetRequiredService<IErasure>().Customer(Acme, person.Id, Admin, Stop));
        var left = Assert.Single(await summaries.Of(Acme, mobile, Stop));
        Assert.Equal(("repair", "", 0, true), (left.CallType, left.Note, left.Fields.Count, left.Final));
        var everything = Everything();
        foreach (var text in new[] { Number, Canonical, "Li Lei", "李雷", "tulips", "Pudong", "fridge", "SN-4711", "roses", "021-55667788", "2155667788" })
        {
            Assert.DoesNotContain(text, everything, StringComparison.Ordinal);
            Assert.DoesNotContain(text, log.Text, StringComparison.Ordinal);
        }
        Assert.Contains(landline.Value, everything, StringComparison.Ordinal);
    }

    /// <summary>Every line at every level, with what stands in its exceptions.</summary>
    private sealed class Log : ILoggerProvider, ILogger
    {
        private readonly System.Text.StringBuilder lines = new();

        public string Text { get { lock (lines) return lines.ToString(); } }

        public ILogger CreateLogger(string categoryName) => this;
        public bool IsEnabled(LogLevel logLevel) => true;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        void ILogger.Log<TState>(LogLevel level, EventId id, TState state, Exception? fault, Func<TState, Exception?, string> format)
        {
            lock (lines) lines.AppendLine(format(state, fault)).AppendLine(fault?.ToString());
        }

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task Records_fold_to_what_they_were_but_for_the_number_and_the_search_finds_nothing()
    {
        CallId call;
        CallRecord before;
        await using (var services = Open()) call = await Call(services);
        StorageMigrator.Refold(Options, NullLoggerFactory.Instance, Stop);
        await using (var services = Open())
        {
            before = (await services.GetRequiredService<IReports>().Call(Acme, call, Stop))!;
            Assert.Equal(Number, before.From);
            await services.GetRequiredService<IErasure>().Call(Acme, call, Admin, Stop);
        }
        StorageMigrator.Refold(Options, NullLoggerFactory.Instance, Stop);
        await using var after = Open();
        var reports = after.GetRequiredService<IReports>();
        Assert.Equal(before with { From = null }, await reports.Call(Acme, call, Stop));
        Assert.Empty((await reports.Calls(Acme, new(null, null, Number, null, null), null, 10, Stop)).Items);
        Assert.Single((await reports.Calls(Acme, new(null, null, null, null, null), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task A_call_that_goes_on_is_told_and_left_and_a_strange_one_is_none()
    {
        await using var services = Open();
        var (call, erasure) = (await Call(services, ends: false), services.GetRequiredService<IErasure>());
        var told = await erasure.Number(Acme, Number, Admin, Stop);
        Assert.Equal([call], told.GoingOn);
        Assert.Empty(told.Calls);
        Assert.Equal(2, (await services.GetRequiredService<IPersonal>().Read(Subject.Call(Acme, call), Stop)).Count);
        Assert.Null(await erasure.Call(Globex, call, Admin, Stop));
    }
}

public sealed class SqliteErasureTests : ErasureTests, IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();

    private protected override StorageOptions Options => folder.Options;

    public void Dispose() => folder.Dispose();

    /// <summary>Not even what only the tenant's key could open, nor by what it was found.</summary>
    [Fact]
    public async Task No_byte_of_it_is_left_in_any_file_while_the_program_runs()
    {
        await using var services = Open();
        var entries = services.GetRequiredService<IEntryLog>();
        var sealedValues = new List<byte[]>();
        for (var i = 0; i < 200; i++)
        {
            var mine = i % 4 == 0;
            var call = await Call(services, mine ? "13800138000" : $"139{i:d8}", mine ? "+8613800138000" : $"+86139{i:d8}", ends: true);
            if (mine) sealedValues.AddRange(entries.Personal(Subject.Call(Acme, call)).SelectMany(v => new[] { v.Value, v.Lookup }).OfType<byte[]>());
        }
        Assert.True(sealedValues.Exists(IsThere));
        Assert.Equal(50, (await services.GetRequiredService<IErasure>().Number(Acme, "13800138000", new(Acme, "admin", null), Stop)).Calls.Count);
        Assert.DoesNotContain(sealedValues, IsThere);
    }

    [Fact]
    public async Task No_sealed_byte_of_a_customer_is_left_in_any_file()
    {
        await using var services = Open();
        var (book, cipher) = (services.GetRequiredService<Contracts.Customers.ICustomerBook>(), services.GetRequiredService<CallCenter.Storage.Personal.TenantCipher>());
        for (var i = 0; i < 100; i++) await book.Put(Domain.Customers.Customer.New(Acme, new($"c-{i}")) with { Name = $"N{i}", Numbers = [$"139{i:d8}"], Note = new('x', i * 4) }, new(Acme, "admin", null), stop: Stop);
        var rows = await services.GetRequiredService<CallCenter.Storage.Configuration.ConfigurationStore>().Look(session => Task.FromResult(Enumerable.Range(0, 100).Select(i => session.People.Customer(Acme, $"c-{i}")!).ToList()));
        var sealedValues = rows.Where((_, i) => i % 4 == 0).SelectMany(row => new[] { row.Name, row.Body }).Append(cipher.Lookup(Acme, "customer", "+8613900000004")).ToList();
        Assert.All(sealedValues, value => Assert.True(IsThere(value)));
        for (var i = 0; i < 100; i += 4) await services.GetRequiredService<IErasure>().Number(Acme, $"139{i:d8}", new(Acme, "admin", null), Stop);
        Assert.DoesNotContain(sealedValues, IsThere);
    }

    private protected override string Everything() => string.Concat(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Select(file =>
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(open);
        return $"{file} {reader.ReadToEnd()}";
    }));

    private bool IsThere(byte[] value) => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Any(file =>
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[open.Length];
        open.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(value) >= 0;
    });
}

[Trait("Speed", "Slow")]
public sealed class PostgresErasureTests : ErasureTests, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    private protected override StorageOptions Options => box.Options;

    private protected override string Everything() => string.Concat(box.Sql("select tablename from pg_tables where schemaname = 'callcenter'").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(table => box.Sql($"select t::text from callcenter.{table} t"))) + string.Concat(Directory.EnumerateFiles(Options.Path, "*", SearchOption.AllDirectories).Select(f => f + File.ReadAllText(f)));

    [Fact]
    public async Task After_erasing_the_personal_values_are_vacuumed()
    {
        await using var services = Open();
        await services.GetRequiredService<IErasure>().Call(Acme, await Call(services), new(Acme, "admin", null), Stop);
        Assert.Equal("t", box.Sql("select last_vacuum is not null from pg_stat_all_tables where schemaname = 'callcenter' and relname = 'personal'").Trim());
    }

    public void Dispose() => box.Dispose();
}
