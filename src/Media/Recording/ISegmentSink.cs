namespace CallCenter.Media.Recording;

/// <summary>Where recording segments go. Called on recording threads: a track's segments one after another, those of several tracks at once; it may be as slow as a disk or a store far away.</summary>
public interface ISegmentSink
{
    /// <summary>Keeps a segment; the bytes are valid during the call only. False: it could not be kept, which the next segment will state.</summary>
    /// <param name="head">The same facts as in the bytes, for naming and indexing.</param>
    /// <param name="plain">Complete and unencrypted (<see cref="Segment"/>).</param>
    bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain);
}
