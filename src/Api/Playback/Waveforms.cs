using System.Collections.Concurrent;

namespace CallCenter.Api.Playback;

/// <summary>Waveforms, each made once: of an hour that takes some tenths of a second. Those of recordings that still grow are not kept.</summary>
internal sealed class Waveforms(IRecordingReader reader)
{
    /// <summary>Some 8 kB each.</summary>
    private const int Most = 500;

    private readonly ConcurrentDictionary<(TenantId, string), Waveform> made = new();

    /// <summary>Null if nothing of the recording is stored.</summary>
    public async Task<Waveform?> Of(TenantId tenant, RecordingRecord recording, CancellationToken stop)
    {
        await using var wav = await reader.Open(tenant, recording, stop);
        if (wav is null) return null; // erased, perhaps since it was made
        var key = (tenant, $"{recording.Id}/{wav.Length}");
        if (made.TryGetValue(key, out var known)) return known;
        var drawn = await Waveform.Read(wav, stop);
        if (recording.StoppedAt is null) return drawn;
        if (made.Count >= Most) made.Clear();
        return made[key] = drawn;
    }
}
