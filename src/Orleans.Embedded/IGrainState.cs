namespace Orleans;

/// <summary>A grain's state on its way between grain and storage.</summary>
public interface IGrainState<T>
{
    T State { get; set; }

    /// <summary>The version that the storage gave; null where there is none.</summary>
    string? ETag { get; set; }

    bool RecordExists { get; set; }
}

[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    public GrainState() => State = default!;

    public GrainState(T state) => State = state;

    public GrainState(T state, string? eTag) => (State, ETag) = (state, eTag);

    [Id(0)] public T State { get; set; }
    [Id(1)] public string? ETag { get; set; }
    [Id(2)] public bool RecordExists { get; set; }
}
