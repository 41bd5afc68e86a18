using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Somebody else wrote the state in between. Escaping from a grain call it deactivates the grain.</summary>
[GenerateSerializer]
public sealed class InconsistentStateException : OrleansException
{
    public InconsistentStateException() { }

    public InconsistentStateException(string message) : base(message) { }

    public InconsistentStateException(string message, Exception innerException) : base(message, innerException) { }

    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag, Exception? storageException = null) : base(errorMsg, storageException) =>
        (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

    public string? StoredEtag { get; }
    public string? CurrentEtag { get; }

    /// <summary>True until it has left the grain whose state it is about.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
