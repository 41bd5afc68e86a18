using System.Collections.Concurrent;
using CallCenter.Contracts.Media;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Recording;

/// <summary>Whose track it is.</summary>
readonly record struct TrackName(TenantId Tenant, CallId Call, string Recording, string Track)
{
    /// <summary>Blob names of its segments begin so.</summary>
    public string Prefix => $"recordings/{Call}/{Recording}/{Track}/";
}

/// <summary>Keeps recording segments: encrypted with the tenant's key, one blob each.</summary>
sealed class Recorder(IBlobs blobs, ITenantCipher cipher, DoubtfulWrites doubtful, ILogger<Recorder> log) : ISegmentSink
{
    readonly ConcurrentDictionary<TrackId, TrackName> tracks = new();
    readonly ConcurrentDictionary<TrackId, bool> discarded = new();

    /// <summary>Said before the track starts.</summary>
    public void Expect(TrackId track, TrackName name) => tracks[track] = name;

    /// <summary>Said long after the track's end.</summary>
    public void Forget(TrackId track)
    {
        tracks.TryRemove(track, out _);
        discarded.TryRemove(track, out _);
    }

    /// <summary>Keeps nothing of a track, before its end or after it. A segment may be being written just now: whoever comes last deletes it.</summary>
    public void Discard(TrackId track, TrackName name)
    {
        if (discarded.TryAdd(track, true)) _ = Task.Run(() => Delete(name));
    }

    async Task Delete(TrackName name)
    {
        try
        {
            foreach (var file in (await blobs.List(name.Tenant, name.Prefix)).AsEnumerable()) await blobs.Delete(name.Tenant, file);
        }
        catch (Exception fault) // it lies there unnamed, and goes when the call is erased
        {
            log.TrackNotDeleted(fault.GetType().Name);
        }
    }

    public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain)
    {
        if (!tracks.TryGetValue(head.Track, out var name)) return false;
        if (head.IsLast) tracks.TryRemove(head.Track, out _);
        if (discarded.ContainsKey(head.Track)) return true;
        var file = name.Prefix + SegmentName.Of(head);
        try
        {
            blobs.Write(name.Tenant, file, cipher.Encrypt(name.Tenant, plain)).GetAwaiter().GetResult(); // a recording thread has nothing else to do, and other tracks have others
            if (discarded.ContainsKey(head.Track)) blobs.Delete(name.Tenant, file).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) // disk full and the like: the next segment states the gap
        {
            log.SegmentNotKept(fault.GetType().Name);
            doubtful.Add(name.Tenant, file);
            return false;
        }
    }
}
