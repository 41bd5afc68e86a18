using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;

namespace CallCenter.Media.Tests.Dtmf;

/// <summary>Keys behind a hole, after which an adaptive decoder may garble what it tells for 100 ms.</summary>
public sealed class GarbledKeysTests
{
    const int Hole = Audio.FrameSamples, Garbled = 100 * Audio.SamplesPerMs;

    readonly DtmfDetector detector = new() { Wavers = true };
    readonly Random chance = new(3);
    readonly List<char> heard = [];

    void Say(char key, int toneMs, int pauseMs)
    {
        foreach (var piece in new KeySound(ToneMs: toneMs, PauseMs: pauseMs).Say(key, chance).Select(s => (float)s).Chunk(DtmfDetector.Piece))
            if (detector.Take(piece, out var ended)) Note(ended);
    }

    void Note(HeardKey ended)
    {
        Assert.True(DtmfKeys.TryKey(ended.Code, out var key));
        heard.Add(key);
    }

    string End()
    {
        Say('1', 0, 100);
        if (detector.Finish(out var last)) Note(last);
        return string.Concat(heard);
    }

    /// <summary>Of the pause so little came that the key before may go on yet, or ends with the first of what follows.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(30)]
    [InlineData(35)]
    [InlineData(80)]
    public void Another_key_is_no_garbled_sound_of_the_one_before(int pauseMs)
    {
        Say('6', 100, pauseMs);
        detector.Lose(4 * Hole, 4 * Hole, Garbled);
        Say('B', 95, 100);
        Assert.Equal("6B", End());
    }

    [Fact]
    public void The_same_key_goes_on_behind_a_hole()
    {
        Say('6', 40, 0);
        detector.Lose(Hole, Hole, Garbled);
        Say('6', 40, 100);
        Assert.Equal("6", End());
    }
}
