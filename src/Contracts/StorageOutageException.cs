namespace CallCenter.Contracts;

/// <summary>The database cannot be reached now. What was asked may be asked again a little later; whether a write was done is not known.</summary>
public sealed class StorageOutageException(string text, Exception? why = null) : IOException(text, why)
{
    /// <summary>When it is worth asking again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
}
