using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class StereoRecordingTests
{
    static readonly DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Segments in memory.</summary>
    sealed class Shelf : ISegmentSource
    {
        readonly Dictionary<(TrackId, int), byte[]> kept = [];

        public int Fetched { get; private set; }

        /// <summary>A track of a tone, in segments, some of them left out.</summary>
        public RecordedTrack Put(double hz, int samples, DateTimeOffset start, params int[] missing)
        {
            var id = TrackId.New();
            var tone = Tone.Make(hz, TimeSpan.FromSeconds(samples / 8000.0 + 0.001));
            List<SegmentEntry> entries = [];
            for (int first = 0, number = 0; first < samples; first += Segment.Samples, number++)
            {
                var count = Math.Min(Segment.Samples, samples - first);
                if (missing.Contains(number)) continue;
                var mulaw = new byte[count];
                G711.Encode(AudioCodec.Pcmu, tone.AsSpan(first, count), mulaw);
                var bytes = new byte[Segment.Size(count, 0)];
                Segment.Write(bytes, new(id, number, start, default, first, count, first + count == samples), [], mulaw, new byte[32]);
                kept.Add((id, number), bytes);
                entries.Add(new(number, first, count));
            }
            return new(id, start, entries);
        }

        public ValueTask<ReadOnlyMemory<byte>?> Fetch(TrackId track, int number, CancellationToken stop)
        {
            Fetched++;
            return new(kept.TryGetValue((track, number), out var bytes) ? bytes.AsMemory() : null);
        }
    }

    static async Task<byte[]> ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    [Fact]
    public async Task Left_and_right_are_one_wav_of_exact_length()
    {
        var shelf = new Shelf();
        await using var recording = StereoRecording.Of([shelf.Put(440, 100_001, noon)], [shelf.Put(1000, 90_000, noon)], shelf);
        var bytes = await ReadAll(recording);
        Assert.Equal(recording.Length, bytes.Length);
        var wav = Wav.Read(bytes);
        Assert.Equal((8000, 2, 100_001), (wav.Rate, wav.Channels, wav.Channel(0).Length));
        Assert.InRange(Tone.Snr(wav.Channel(0), 440), 30, 100);
        Assert.InRange(Tone.Snr(wav.Channel(1).AsSpan(0, 90_000), 1000), 30, 100);
        Assert.All(wav.Channel(1)[90_000..], s => Assert.Equal(0, s));
    }

    [Fact]
    public async Task Any_range_equals_the_same_bytes_of_the_whole()
    {
        var shelf = new Shelf();
        await using var recording = StereoRecording.Of([shelf.Put(440, 85_000, noon)], [shelf.Put(1000, 85_000, noon.AddMilliseconds(1234))], shelf);
        var whole = await ReadAll(recording);
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var from = random.Next(whole.Length);
            var part = new byte[random.Next(1, Math.Min(5000, whole.Length - from + 1))];
            recording.Position = from;
            await recording.ReadExactlyAsync(part, TestContext.Current.CancellationToken);
            Assert.Equal(whole.AsSpan(from, part.Length).ToArray(), part);
        }
    }

    [Fact]
    public async Task Later_tracks_stand_at_their_time_and_missing_segments_are_silent()
    {
        var shelf = new Shelf();
        var caller = shelf.Put(440, 120_000, noon, missing: 1);
        RecordedTrack[] agents = [shelf.Put(1000, 8000, noon.AddSeconds(1)), shelf.Put(1500, 8000, noon.AddSeconds(8))];
        await using var recording = StereoRecording.Of([caller], agents, shelf);
        var wav = Wav.Read(await ReadAll(recording));
        Assert.Equal(120_000, wav.Channel(0).Length);
        Assert.All(wav.Channel(0)[40_000..80_000], s => Assert.Equal(0, s));
        Assert.InRange(Tone.Snr(wav.Channel(1).AsSpan(8000, 8000), 1000), 30, 100);
        Assert.InRange(Tone.Snr(wav.Channel(1).AsSpan(64_000, 8000), 1500), 30, 100);
        Assert.All(wav.Channel(1)[16_000..64_000], s => Assert.Equal(0, s));
    }

    [Fact]
    public async Task From_start_to_stop_whatever_the_tracks_cover()
    {
        var shelf = new Shelf();
        RecordedTrack[] caller = [shelf.Put(440, 8000, noon.AddSeconds(2)), shelf.Put(440, 8000, noon.AddSeconds(5))]; // held in between
        RecordedTrack[] others = [shelf.Put(1000, 8000, noon.AddSeconds(2)), shelf.Put(1500, 8000, noon.AddSeconds(2.5)), shelf.Put(700, 80_000, noon.AddSeconds(-9.5))];
        await using var recording = StereoRecording.Of(noon, TimeSpan.FromSeconds(8), caller, others, shelf);
        Assert.Equal(TimeSpan.FromSeconds(8), recording.Duration);
        var wav = Wav.Read(await ReadAll(recording));
        Assert.Equal(64_000, wav.Channel(0).Length);
        var (left, right) = (wav.Channel(0), wav.Channel(1));
        Assert.All((int[])[.. left[..16_000], .. left[24_000..40_000], .. left[48_000..]], s => Assert.Equal(0, s));
        Assert.InRange(Tone.Snr(left.AsSpan(16_000, 8000), 440), 30, 100);
        Assert.InRange(Tone.Snr(left.AsSpan(40_000, 8000), 440), 30, 100);
        Assert.InRange(Tone.Power(right.AsSpan(20_000, 4000), 1000) / Tone.Power(right.AsSpan(20_000, 4000), 1500), 0.9, 1.1); // both at once
        Assert.InRange(Tone.Snr(right.AsSpan(0, 4000), 700), 30, 100); // begun before the recording
        Assert.All(right[28_000..], s => Assert.Equal(0, s));
    }

    [Fact]
    public async Task Without_a_stop_it_ends_with_its_last_track()
    {
        var shelf = new Shelf();
        await using var recording = StereoRecording.Of(noon, null, [shelf.Put(440, 8000, noon)], [shelf.Put(1000, 4000, noon.AddSeconds(3))], shelf);
        Assert.Equal(TimeSpan.FromSeconds(3.5), recording.Duration);
        await using var nothing = StereoRecording.Of(noon, TimeSpan.FromSeconds(2), [], [], shelf);
        Assert.All(Wav.Read(await ReadAll(nothing)).Channel(1), s => Assert.Equal(0, s));
    }

    [Fact]
    public async Task Loud_tracks_together_clip_and_do_not_wrap()
    {
        var shelf = new Shelf();
        RecordedTrack[] loud = [.. Enumerable.Range(0, 6).Select(_ => shelf.Put(440, 8000, noon))];
        await using var recording = StereoRecording.Of(noon, null, loud, [], shelf);
        var left = Wav.Read(await ReadAll(recording)).Channel(0);
        Assert.Equal((short.MinValue, short.MaxValue), (left.Min(), left.Max()));
        Assert.InRange(Enumerable.Range(1, left.Length - 1).Max(i => Math.Abs(left[i] - left[i - 1])), 0, 20_000);
    }

    [Fact]
    public async Task Reading_on_fetches_each_segment_once()
    {
        var shelf = new Shelf();
        await using var recording = StereoRecording.Of([shelf.Put(440, 400_000, noon)], [], shelf);
        await ReadAll(recording);
        Assert.Equal(10, shelf.Fetched);
    }

    [Fact]
    public async Task Nothing_recorded_is_an_empty_wav()
    {
        await using var recording = StereoRecording.Of([], [], new Shelf());
        Assert.Equal(StereoRecording.HeadSize, (await ReadAll(recording)).Length);
    }
}
