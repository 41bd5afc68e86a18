using CallCenter.Storage.Sqlite;
using CallCenter.Storage.State;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CallCenter.Storage.Tests.State;

/// <summary>What every database must do for grain state and reminders.</summary>
public abstract class StateConformance
{
    private protected abstract IStateStore Open();

    private static readonly GrainId Grain = GrainId.Create("station", "acme/1001");

    private sealed record Kept(string Name, Items<int> Numbers);

    private sealed class Holder<T> : IGrainState<T>
    {
        public T State { get; set; } = default!;
        public string? ETag { get; set; }
        public bool RecordExists { get; set; }
    }

    private static async Task<Holder<Kept>> Read(IStateStore store, string name = "bindings")
    {
        var holder = new Holder<Kept>();
        await new StoredGrainState(store).ReadStateAsync(name, Grain, holder);
        return holder;
    }

    [Fact]
    public async Task State_is_read_back_after_a_restart()
    {
        using (var store = Open())
        {
            var holder = await Read(store);
            Assert.Equal((null, false), (holder.ETag, holder.RecordExists));
            holder.State = new("a", [1, 2]);
            await new StoredGrainState(store).WriteStateAsync("bindings", Grain, holder);
            Assert.True(holder.RecordExists);
        }
        using var again = Open();
        var read = await Read(again);
        Assert.Equal(new("a", [1, 2]), read.State);
        Assert.True(read.RecordExists);
        Assert.False((await Read(again, "other")).RecordExists);
    }

    [Fact]
    public async Task Of_two_writers_with_one_etag_the_second_loses()
    {
        using var store = Open();
        var (storage, one, two) = (new StoredGrainState(store), await Read(store), await Read(store));
        one.State = two.State = new("a", []);
        await storage.WriteStateAsync("bindings", Grain, one);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("bindings", Grain, two));
        two = await Read(store);
        await storage.WriteStateAsync("bindings", Grain, two);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("bindings", Grain, one));
    }

    [Fact]
    public async Task Cleared_state_does_not_exist_and_its_old_etags_are_worth_nothing()
    {
        using var store = Open();
        var (storage, one) = (new StoredGrainState(store), await Read(store));
        one.State = new("a", []);
        await storage.WriteStateAsync("bindings", Grain, one);
        var old = await Read(store);
        await storage.ClearStateAsync("bindings", Grain, one);
        Assert.False((await Read(store)).RecordExists);
        one.State = new("b", []);
        await storage.WriteStateAsync("bindings", Grain, one);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("bindings", Grain, old));
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        using var store = Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.Write($"g/{i % 20}", $"s{i / 20}", 0, "{}")));
        for (var i = 0; i < 200; i++) Assert.Equal((1L, "{}"), await store.Read($"g/{i % 20}", $"s{i / 20}"));
    }

    [Fact]
    public async Task A_reminder_is_kept_replaced_and_removed_by_its_etag()
    {
        var entry = new ReminderEntry { GrainId = Grain, ReminderName = "expire", StartAt = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc), Period = TimeSpan.FromMinutes(1) };
        using (var store = Open()) entry.ETag = await new StoredReminders(store).UpsertRow(entry);
        using var again = Open();
        var reminders = new StoredReminders(again);
        var read = (await reminders.ReadRow(Grain, "expire"))!;
        Assert.Equal((Grain, "expire", entry.StartAt, entry.Period, entry.ETag), (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.Equal(DateTimeKind.Utc, read.StartAt.Kind);
        Assert.Null(await reminders.ReadRow(Grain, "other"));

        var newer = await reminders.UpsertRow(entry);
        Assert.False(await reminders.RemoveRow(Grain, "expire", entry.ETag));
        Assert.True(await reminders.RemoveRow(Grain, "expire", newer));
        Assert.Empty((await reminders.ReadRows(Grain)).Reminders);
    }

    [Fact]
    public async Task Reminders_are_found_by_their_part_of_the_ring()
    {
        using var store = Open();
        var reminders = new StoredReminders(store);
        var grains = Enumerable.Range(0, 50).Select(i => GrainId.Create("g", $"{i}")).ToArray();
        foreach (var grain in grains) await reminders.UpsertRow(new() { GrainId = grain, ReminderName = "r", Period = TimeSpan.FromMinutes(1) });
        const uint a = 1_000_000_000, b = 3_000_000_000;
        var inside = (await reminders.ReadRows(a, b)).Reminders.Select(r => r.GrainId).ToHashSet();
        var outside = (await reminders.ReadRows(b, a)).Reminders.Select(r => r.GrainId).ToHashSet();
        Assert.Equal(grains.Where(g => g.GetUniformHashCode() is > a and <= b).ToHashSet(), inside);
        Assert.Equal(grains.Except(inside).ToHashSet(), outside);
        Assert.Equal(50, (await reminders.ReadRows(0, 0)).Reminders.Count);
        await reminders.TestOnlyClearTable();
        Assert.Empty((await reminders.ReadRows(0, 0)).Reminders);
    }
}

public sealed class SqliteStateConformance : StateConformance, IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();

    private protected override IStateStore Open() => new SqliteState(folder.Path);

    public void Dispose() => folder.Dispose();
}
