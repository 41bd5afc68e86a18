using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Mixing;

public sealed class SpeechRingTests
{
    const long Ms = MediaClock.PerMillisecond, Frame = 20 * Ms;

    /// <summary>A sender with a clock of its own, and a reader who ticks every 20 ms at another phase.</summary>
    /// <param name="says">A second of it, over and over.</param>
    sealed class Line(double ppm = 0, Func<int, long>? delay = null, Func<int, bool>? sends = null, short[]? says = null)
    {
        const int FirstTimestamp = 800; // 5 packets before the end of 32 bits
        readonly SpeechRing ring = new();
        readonly PriorityQueue<int, long> onTheWay = new();
        readonly short[] speech = says ?? [.. Tone.Make(400, TimeSpan.FromSeconds(1)).Select(s => (short)(s + 12_000))]; // never near 0
        readonly List<int> heard = [];
        int sent;
        long due = 7 * Ms;

        /// <summary>All that was read since the last call.</summary>
        public List<int> Run(TimeSpan time)
        {
            heard.Clear();
            Span<int> frame = stackalloc int[Audio.FrameSamples];
            for (var end = due + time.Ticks * TimeSpan.NanosecondsPerTick; due < end; due += Frame)
            {
                for (; SentAt(sent) <= due; sent++)
                    if (sends?.Invoke(sent) ?? true) onTheWay.Enqueue(sent, SentAt(sent) + (delay?.Invoke(sent) ?? 0));
                while (onTheWay.TryPeek(out var n, out var at) && at <= due) Arrive(onTheWay.Dequeue(), at);
                frame.Clear();
                ring.AddTo(frame, due, since: 0);
                heard.AddRange(frame);
            }
            return heard;
        }

        /// <summary>Samples of silence in the last run; the speech itself holds none.</summary>
        public int Silent => heard.Count(s => s == 0);

        /// <summary>The greatest step from one sample to the next in the last run: a click is steeper than the tone.</summary>
        public int Steepest => Enumerable.Range(1, heard.Count - 1).Max(i => Math.Abs(heard[i] - heard[i - 1]));

        long SentAt(int n) => (long)(n * Frame * (1 - ppm / 1e6));

        void Arrive(int n, long at)
        {
            var codes = new byte[Audio.FrameSamples];
            G711.Encode(AudioCodec.Pcma, speech.AsSpan(n % 50 * Audio.FrameSamples, Audio.FrameSamples), codes);
            ring.Take(new(false, 8, (ushort)n, unchecked((uint)(n * Audio.FrameSamples - FirstTimestamp)), 7, 12, codes.Length), codes, AudioCodec.Pcma, at);
        }
    }

    [Fact]
    public void Steady_speech_is_read_without_a_hole_40_ms_after_it_came()
    {
        var line = new Line();
        var heard = line.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(40 * 8 - 7 * 8, line.Silent); // the first tick is at 7 ms
        Assert.All(heard.Skip(line.Silent), s => Assert.InRange(s, 3500, 20_500));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public void A_clock_that_is_off_by_100_ppm_neither_starves_nor_clicks_in_an_hour(double ppm)
    {
        var line = new Line(ppm);
        line.Run(TimeSpan.FromSeconds(1));
        for (var minute = 0; minute < 60; minute++)
        {
            line.Run(TimeSpan.FromMinutes(1));
            Assert.Equal(0, line.Silent);
            Assert.InRange(line.Steepest, 1000, 3500); // 8,000 at 400 Hz: 2,500 a sample, and the steps of A-law
        }
    }

    [Fact]
    public void Jitter_of_20_ms_costs_nothing()
    {
        var random = new Random(3);
        var line = new Line(delay: _ => random.NextInt64(20 * Ms));
        line.Run(TimeSpan.FromSeconds(1));
        line.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(0, line.Silent);
    }

    [Fact]
    public void Jitter_of_40_ms_is_met_by_waiting_longer()
    {
        var random = new Random(4);
        var line = new Line(delay: _ => random.NextInt64(40 * Ms));
        line.Run(TimeSpan.FromSeconds(20));
        line.Run(TimeSpan.FromMinutes(1));
        Assert.InRange(line.Silent, 0, 60 * 8000 / 200); // half a percent
    }

    [Fact]
    public void A_lost_packet_is_made_up_without_a_click_and_delays_nothing()
    {
        var line = new Line(sends: n => n % 50 != 10);
        line.Run(TimeSpan.FromSeconds(1));
        line.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(0, line.Silent);
        Assert.InRange(line.Steepest, 1000, 3500);
    }

    /// <summary>Speech is made 0.2 % faster then, which is not heard, and no noise: one sample in three packets.</summary>
    [Theory]
    [InlineData(440)]
    [InlineData(1000)]
    public void A_tone_stays_pure_while_delay_is_given_back(double hz)
    {
        var random = new Random(6);
        var line = new Line(delay: n => n < 150 ? random.NextInt64(90 * Ms) : 0, says: Tone.Make(hz, TimeSpan.FromSeconds(1)));
        line.Run(TimeSpan.FromSeconds(4));
        var heard = line.Run(TimeSpan.FromSeconds(10)).Select(s => (short)s).ToArray();
        var turns = Enumerable.Range(1, heard.Length - 1).Count(i => heard[i - 1] < 0 && heard[i] >= 0);
        Assert.InRange(turns, hz * 10 * 1.001, hz * 10 * 1.003);
        Assert.InRange(Tone.MedianSnr(heard, hz), 20, 100);
    }

    [Fact]
    public void A_sender_that_pauses_fades_out_within_60_ms_and_comes_back_whole()
    {
        var line = new Line(sends: n => n / 50 % 2 == 0); // every other second
        line.Run(TimeSpan.FromSeconds(2));
        line.Run(TimeSpan.FromSeconds(10));
        Assert.InRange(line.Silent, 5 * (8000 - Concealment.Length), 5 * (8000 - Concealment.Length) + 100);
    }

    [Fact]
    public void A_jam_is_over_when_it_is_over()
    {
        var line = new Line(delay: n => n is > 100 and <= 120 ? (120 - n) * Frame : 0); // 400 ms come at once
        line.Run(TimeSpan.FromSeconds(4));
        line.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(0, line.Silent);
    }

    [Fact]
    public void A_longer_way_is_followed_within_two_seconds()
    {
        var line = new Line(delay: n => n > 100 ? 90 * Ms : 0);
        line.Run(TimeSpan.FromSeconds(4));
        line.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(0, line.Silent);
    }

    [Fact]
    public void Any_order_of_any_packets_is_taken()
    {
        var ring = new SpeechRing();
        var random = new Random(5);
        var sum = new int[Audio.FrameSamples];
        for (var i = 0; i < 20_000; i++)
        {
            var codes = new byte[random.Next(2) == 0 ? 160 : random.Next(2036)];
            ring.Take(new(false, 0, 0, (uint)random.NextInt64(uint.MaxValue), (uint)random.Next(2), 12, codes.Length), codes, AudioCodec.Pcmu, i * Frame);
            ring.AddTo(sum, i * Frame + random.NextInt64(-1000 * Ms, 1000 * Ms), random.NextInt64(100_000));
        }
        Assert.Contains(sum, s => s != 0);
    }
}
