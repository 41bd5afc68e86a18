using CallCenter.Contracts.Reports;

namespace CallCenter.Contracts.Media;

/// <summary>Reads a recording as one WAV file, mixed to stereo while it is read: left the caller, right the other side.</summary>
public interface IRecordingReader
{
    /// <summary>A stream with a length, which may be read from any position; null if nothing of it is stored (yet, or any more).</summary>
    Task<Stream?> Open(TenantId owner, RecordingRecord recording, CancellationToken stop = default);

    /// <summary>Deletes all that is stored of it; harmless twice.</summary>
    Task Delete(TenantId owner, RecordingRecord recording, CancellationToken stop = default);
}
