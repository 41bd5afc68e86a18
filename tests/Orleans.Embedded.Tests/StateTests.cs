using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Tests;

[GenerateSerializer, Alias("tests.balance")]
public sealed class Balance
{
    [Id(0)] public int Amount { get; set; }
    [Id(1)] public List<string> Notes { get; set; } = [];
}

public interface IKeeping : IGrainWithStringKey
{
    Task Put(int amount, string note, bool write);
    Task<(int Amount, int Notes, bool Exists, string? Etag)> Look();
    Task Clear();
    Task End();
    Task WriteBehindItsBack();
    Task<int> Other();
}

public sealed class KeepingGrain(
    [PersistentState("balance")] IPersistentState<Balance> balance,
    [PersistentState("second", "other")] IPersistentState<Balance> second,
    [FromKeyedServices("Default")] IGrainStorage storage) : Grain, IKeeping
{
    public async Task Put(int amount, string note, bool write)
    {
        balance.State.Amount = amount;
        balance.State.Notes.Add(note);
        second.State.Amount = -amount;
        if (!write) return;
        await balance.WriteStateAsync();
        await second.WriteStateAsync(CancellationToken.None);
    }

    public Task<(int, int, bool, string?)> Look() => Task.FromResult((balance.State.Amount, balance.State.Notes.Count, balance.RecordExists, balance.Etag));

    public Task Clear() => balance.ClearStateAsync();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task WriteBehindItsBack()
    {
        var other = new GrainState<Balance>(new Balance());
        await storage.ReadStateAsync("balance", this.GetGrainId(), other);
        other.State.Amount = 1000;
        await storage.WriteStateAsync("balance", this.GetGrainId(), other);
    }

    public Task<int> Other() => Task.FromResult(second.State.Amount);
}

public sealed class StateTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Written_state_outlives_the_activation_and_unwritten_does_not()
    {
        var grain = cluster.Client.GetGrain<IKeeping>("a");
        Assert.Equal((0, 0, false, null), await grain.Look());
        await grain.Put(5, "five", write: true);
        await grain.Put(6, "six", write: false);
        Assert.Equal(6, (await grain.Look()).Amount);
        await grain.End();
        var (amount, notes, exists, etag) = await grain.Look();
        Assert.Equal((5, 1, true), (amount, notes, exists));
        Assert.NotNull(etag);
        Assert.Equal(-5, await grain.Other());
    }

    [Fact]
    public async Task Cleared_state_is_gone()
    {
        var grain = cluster.Client.GetGrain<IKeeping>("b");
        await grain.Put(5, "five", write: true);
        await grain.Clear();
        var (amount, _, exists, _) = await grain.Look();
        Assert.Equal((0, false), (amount, exists));
        await grain.End();
        Assert.False((await grain.Look()).Exists);
    }

    [Fact]
    public async Task A_stale_etag_refuses_the_write_and_deactivates_the_grain()
    {
        var grain = cluster.Client.GetGrain<IKeeping>("c");
        await grain.Put(5, "five", write: true);
        await grain.WriteBehindItsBack();
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Put(7, "seven", write: true));
        Assert.Equal(1000, (await grain.Look()).Amount);
    }
}
