using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Recording;
using CallCenter.Media.Tests.Dtmf;

namespace CallCenter.Media.Tests.Recording;

/// <summary>What a track tells of keys that came as tones, however their packets came.</summary>
public sealed class KeyMaskTests
{
    sealed class Shelf : ISegmentSink, IMediaEvents
    {
        public List<short> Samples { get; } = [];

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain)
        {
            Assert.True(Segment.TryRead(plain.ToArray(), out var content));
            var samples = new short[content.Mulaw.Length];
            G711.Decode(AudioCodec.Pcmu, content.Mulaw.Span, samples);
            Samples.AddRange(samples);
            return true;
        }

        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) => Assert.Fail(bug.ToString());
    }

    const long Ms = 1_000_000;

    /// <summary>Where 20 ms consist of the two tones of a key: less than 23 ms is no key to any receiver (ITU-T Q.24).</summary>
    static IEnumerable<string> Told(short[] samples)
    {
        for (var at = 0; at + 160 <= samples.Length; at += 40)
            foreach (var key in Line.Keys)
                if (IsKey(samples.AsSpan(at, 120), key) && IsKey(samples.AsSpan(at + 40, 120), key)) yield return $"{key} at {at / 8} ms";
    }

    static bool IsKey(ReadOnlySpan<short> window, char key)
    {
        var (low, high) = KeySound.Of(key);
        var all = Math.Max(Tone.Power(window), 10_000);
        var (a, b) = (Tone.Power(window, low) / all, Tone.Power(window, high) / all);
        return a > 0.2 && b > 0.2 && a + b > 0.8;
    }

    /// <summary>Two minutes of a voice with keys in between, through a line that loses, delays, holds up and doubles packets.</summary>
    static (List<string> Told, int Keys) Record(int seed)
    {
        var chance = new Random(seed);
        var sound = new Voice(chance).Say(120).Chunk(4800).SelectMany(v => v.Concat(new KeySound(ToneMs: chance.Next(45, 200)).Say(Line.Keys[chance.Next(16)], chance)));
        var codes = Line.Carry(sound, AudioCodec.Pcmu, chance, -55);
        var shelf = new Shelf();
        var writer = new SegmentWriter(new(TimeProvider.System), shelf, shelf, 8);
        var track = new TrackRecorder(null!, TrackId.New(), new(0), writer);
        var keys = new InbandKeys();
        var heard = 0;
        var (now, free) = (0L, 0L);
        var packets = new PriorityQueue<int, (long, int)>();
        for (var n = 0; (n + 1) * 160 <= codes.Length; n++)
        {
            var sent = n * 20 * Ms;
            if (chance.Next(300) == 0) free = sent + chance.Next(400) * Ms; // the line stands still
            var at = Math.Max(sent, free) + chance.Next(15) * Ms + (chance.Next(50) == 0 ? chance.Next(60) * Ms : 0);
            if (chance.Next(20) > 0) packets.Enqueue(n, (at, n));
            if (chance.Next(100) == 0) packets.Enqueue(n, (at + 5 * Ms, n));
        }
        while (packets.TryDequeue(out var n, out var when))
        {
            for (; now + 20 * Ms < when.Item1; now += 20 * Ms)
            {
                track.Tick(now);
                if (keys.TryExpire(now, out _)) heard++;
            }
            var header = new CallCenter.Media.Rtp.RtpHeader(false, 0, (ushort)n, (uint)(n * 160), 7, 12, 160);
            var payload = codes.AsSpan(n * 160, 160);
            var place = track.Take(header, payload, AudioCodec.Pcmu, when.Item1);
            if (keys.Take(header, payload, AudioCodec.Pcmu, track, place, when.Item1, out _)) heard++;
        }
        track.Stop(codes.Length / 8 * Ms);
        writer.Stop();
        return ([.. Told([.. shelf.Samples])], heard);
    }

    [Fact]
    public void A_track_tells_no_key_on_the_worst_of_lines()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var (told, keys) = Record(seed);
            Assert.True(told.Count == 0, $"line {seed}: {string.Join(", ", told)}");
            Assert.InRange(keys, 120, 200);
        }
    }
}
