namespace CallCenter.Domain.Kpi;

/// <summary>How one leg of a call sounded.</summary>
[GenerateSerializer, Immutable, Alias("LegSound")]
public readonly record struct LegSound([property: Id(0)] LegId Leg, [property: Id(1)] LegQuality Quality);

/// <summary>How both sides of a recorded call spoke; null in <see cref="Of"/> where nothing was recorded, or is not complete yet.</summary>
/// <param name="Customer">The left channel.</param>
/// <param name="Others">The right channel: agents and whoever joined, together.</param>
[GenerateSerializer, Immutable, Alias("CallSpeech")]
public sealed record CallSpeech([property: Id(0)] SideSpeech Customer, [property: Id(1)] SideSpeech Others)
{
    public static CallSpeech? Of(CallSummary call)
    {
        var tracks = call.Recordings.SelectMany(r => r.Tracks).Where(t => t.Speech is not null).ToArray();
        return tracks.Length == 0 ? null : new(Of(tracks, Channel.Left, tracks.Sum(t => t.Speech!.LeftOver)), Of(tracks, Channel.Right, tracks.Sum(t => t.Speech!.RightOver)));
    }

    private static SideSpeech Of(TrackSpan[] tracks, Channel side, long over)
    {
        var (recorded, speech, silence) = (0L, 0L, 0L);
        foreach (var track in tracks)
        {
            if (track.Channel != side) continue;
            if (track.To is { } to && to > track.From) recorded += CallTimes.Milliseconds(to - track.From);
            speech += track.Speech!.Speech;
            silence = Math.Max(silence, track.Speech.LongestSilence);
        }
        return new(recorded, speech, recorded == 0 ? 0 : Math.Round(1 - Math.Min(1, (double)speech / recorded), 3), over, silence);
    }
}

/// <summary>How one side of a recorded call spoke. Silences within a track count: one that goes on in the next track counts as two.</summary>
/// <param name="Recorded">Σ of its tracks, ms; where several spoke at once, of each.</param>
/// <param name="Speech">ms.</param>
/// <param name="SilenceRatio">静音率: the part of what was recorded without speech, 0–1.</param>
/// <param name="Overlap">抢话: how long it talked while the other side was talking already, ms.</param>
/// <param name="LongestSilence">ms.</param>
[GenerateSerializer, Immutable, Alias("SideSpeech")]
public sealed record SideSpeech([property: Id(0)] long Recorded, [property: Id(1)] long Speech, [property: Id(2)] double SilenceRatio, [property: Id(3)] long Overlap, [property: Id(4)] long LongestSilence);
