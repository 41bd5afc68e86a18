using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Grain state that lasts as long as its silo. Copies on the way in and out, so that a change not written is not kept.</summary>
sealed class MemoryStorage : IGrainStorage
{
    readonly ConcurrentDictionary<(string, GrainId), Record> records = [];
    long version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        bool found = records.TryGetValue((stateName, grainId), out var record);
        grainState.RecordExists = found;
        grainState.ETag = record?.Etag;
        if (found) grainState.State = GraphCopy.Of((T)record!.State!);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = new Record(GraphCopy.Of(grainState.State), Interlocked.Increment(ref version).ToString(CultureInfo.InvariantCulture));
        bool written = records.TryGetValue((stateName, grainId), out var old)
            ? old.Etag == grainState.ETag && records.TryUpdate((stateName, grainId), record, old)
            : grainState.ETag is null && records.TryAdd((stateName, grainId), record);
        if (!written) return Task.FromException(Stale(stateName, grainId, grainState.ETag));
        (grainState.ETag, grainState.RecordExists) = (record.Etag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        bool cleared = records.TryGetValue((stateName, grainId), out var old)
            ? old.Etag == grainState.ETag && records.TryRemove(new((stateName, grainId), old))
            : grainState.ETag is null;
        if (!cleared) return Task.FromException(Stale(stateName, grainId, grainState.ETag));
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    InconsistentStateException Stale(string name, GrainId grain, string? etag) =>
        new($"State {name} of {grain} was written by another.", records.GetValueOrDefault((name, grain))?.Etag ?? "", etag ?? "");

    sealed record Record(object? State, string Etag);
}
