using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps the state of grains.</summary>
public interface IGrainStorage
{
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <exception cref="InconsistentStateException">The etag is not the stored one.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <exception cref="InconsistentStateException">The etag is not the stored one.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
