using CallCenter.Media.Codecs;

namespace CallCenter.Media.Prompts;

/// <summary>The play position of one leg. Pure: frames are asked for, time is the asker's.</summary>
struct Player
{
    Play? play;
    int source, offset;

    public readonly Play? Current => play;

    /// <summary>Samples played of the present pass, to go on from later.</summary>
    public readonly int Position => play is null ? 0 : play.Sources.Take(source).Sum(s => s.Samples) + offset;

    public void Begin(Play next)
    {
        (play, source, offset) = (next, 0, 0);
        var total = next.Sources.Sum(s => s.Samples);
        var skip = total == 0 ? 0 : next.Loop ? next.Start % total : Math.Min(next.Start, total);
        while (skip > 0 && source < next.Sources.Count)
        {
            offset = Math.Min(skip, next.Sources[source].Samples);
            skip -= offset;
            Advance();
        }
    }

    public void Stop() => play = null;

    /// <summary>Fills a frame, padded with silence after the end. False: nothing was left to play; the frame is untouched.</summary>
    public bool TryFill(Span<byte> frame, AudioCodec codec)
    {
        if (play is null) return false;
        var filled = 0;
        var passes = 0;
        while (filled < frame.Length && passes < 2)
        {
            if (source == play.Sources.Count)
            {
                if (!play.Loop) break;
                (source, offset) = (0, 0);
                passes++; // a loop of nothing ends instead of spinning
                continue;
            }
            var left = play.Sources[source].Encoded(codec)[offset..];
            var count = Math.Min(left.Length, frame.Length - filled);
            left[..count].CopyTo(frame[filled..]);
            filled += count;
            offset += count;
            if (count > 0) passes = 0;
            Advance();
        }
        if (filled == 0) return false;
        frame[filled..].Fill(Audio.Silence(codec));
        return true;
    }

    void Advance()
    {
        if (offset < play!.Sources[source].Samples) return;
        source++;
        offset = 0;
    }

    /// <summary>True when the last sample has been handed out.</summary>
    public readonly bool IsDone => play is { Loop: false } && source == play.Sources.Count;
}
