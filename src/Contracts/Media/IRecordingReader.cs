using CallCenter.Contracts.Reports;

namespace CallCenter.Contracts.Media;

/// <summary>Reads a recording as one WAV file, mixed to stereo while it is read: left the caller, right the other side.</summary>
public interface IRecordingReader
{
    /// <summary>A stream with a length, which may be read from any position; null if nothing of it is stored (yet, or any more).</summary>
    Task<Stream?> Open(TenantId owner, RecordingRecord recording, CancellationToken stop = default);

    /// <summary>Whether each of its tracks is, to the last byte, what was recorded.</summary>
    Task<Items<CheckedTrack>> Check(TenantId owner, RecordingRecord recording, CancellationToken stop = default);

    /// <summary>Deletes all that is stored of it; harmless twice.</summary>
    Task Delete(TenantId owner, RecordingRecord recording, CancellationToken stop = default);
}

/// <summary>What a check of one track found.</summary>
/// <param name="Fault">Null if there is none; else missing, altered, foreign, unchained, unended or resealed.</param>
/// <param name="Segment">The first bad segment, from 0; null if the fault lies in no single one.</param>
/// <param name="Good">Segments found good, all of those before the fault.</param>
/// <param name="Sealed">False: it is being recorded still, or its edge died before it could tell the seal, so that a track written anew as a whole, or cut at its end, would not be found out.</param>
/// <param name="MissingMs">What is not there at the end of a track without a seal: lost with its edge, or on its way.</param>
public sealed record CheckedTrack(string Track, string? Fault, int? Segment, int Good, bool Sealed, long MissingMs = 0);
