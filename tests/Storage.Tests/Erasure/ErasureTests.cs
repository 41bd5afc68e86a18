using CallCenter.Storage.Journal;
using CallCenter.Storage.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
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

    private protected ServiceProvider Open() => new ServiceCollection().AddLogging().AddStorage(Options).BuildServiceProvider();

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

    private bool IsThere(byte[] value) => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Any(file =>
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[open.Length];
        open.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(value) >= 0;
    });
}

public sealed class PostgresErasureTests : ErasureTests, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    private protected override StorageOptions Options => box.Options;

    public void Dispose() => box.Dispose();
}
