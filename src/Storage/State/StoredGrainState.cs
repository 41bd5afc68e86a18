using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CallCenter.Storage.State;

/// <summary>Grain state as JSON, under an etag that rises by one with each write and is never used again.</summary>
internal sealed class StoredGrainState(IStateStore store) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (etag, body) = await store.Read(grainId.ToString(), stateName).ConfigureAwait(false);
        grainState.State = body is null ? Blank(grainState.State) : JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!;
        Set(grainState, etag, body is not null);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Write(stateName, grainId, grainState, JsonSerializer.Serialize(grainState.State, JsonSerializerOptions.Web));

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Write(stateName, grainId, grainState, null).ConfigureAwait(false);
        grainState.State = Blank(grainState.State);
    }

    private async Task Write<T>(string stateName, GrainId grainId, IGrainState<T> grainState, string? body)
    {
        var expected = grainState.ETag is { } etag ? long.Parse(etag, CultureInfo.InvariantCulture) : 0;
        if (await store.Write(grainId.ToString(), stateName, expected, body).ConfigureAwait(false) is not { } written)
            throw new InconsistentStateException($"{stateName} of {grainId} was written by another activation: etag {expected} is not the stored one");
        Set(grainState, written, body is not null);
    }

    private static void Set<T>(IGrainState<T> grainState, long etag, bool exists)
    {
        grainState.ETag = etag == 0 ? null : etag.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = exists;
    }

    /// <summary>What the runtime made stays where the type has no empty constructor.</summary>
    private static T Blank<T>(T present) =>
        typeof(T).IsValueType ? default! : typeof(T).GetConstructor(Type.EmptyTypes) is null ? present : Activator.CreateInstance<T>();
}
