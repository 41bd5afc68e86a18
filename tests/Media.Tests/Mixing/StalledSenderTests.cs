using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;

namespace CallCenter.Media.Tests.Mixing;

/// <summary>Who is starved of his processor, or whose network stalls: what he says late is heard late, and not cut.</summary>
public sealed class StalledSenderTests(ITestOutputHelper output)
{
    const int Frame = Audio.FrameSamples, FrameMs = Audio.FrameMs, Levels = 12, Lowest = 9000, Step = 512;
    const long Ms = MediaClock.PerMillisecond;

    /// <summary>Samples: a shorter run of a packet's level is a splice, or what was made up as it fades.</summary>
    const int ShortestRun = 60;

    /// <summary>Each packet has a level of its own, so that what is heard tells whose it is; a reader ticks every 20 ms.</summary>
    /// <param name="arrivals">ms; in the order of sending.</param>
    /// <returns>The levels that were heard, one after another, and at which ms each began.</returns>
    static List<(int Level, double At)> Hear(IReadOnlyList<double> arrivals, int phaseMs = 7)
    {
        var ring = new SpeechRing();
        var queue = new PriorityQueue<int, double>(arrivals.Select((at, n) => (n, at)));
        List<int> heard = [];
        var sum = new int[Frame];
        for (long due = phaseMs; due < arrivals.Max() + 500; due += FrameMs)
        {
            while (queue.TryPeek(out var n, out var at) && at <= due)
            {
                var codes = Enumerable.Repeat(G711.Encode(AudioCodec.Pcma, LevelOf(n)), Frame).ToArray();
                ring.Take(new(false, 8, (ushort)queue.Dequeue(), (uint)(n * Frame), 7, 12, Frame), codes, AudioCodec.Pcma, (long)(at * Ms));
            }
            sum.AsSpan().Clear();
            ring.AddTo(sum, due * Ms, since: 0);
            heard.AddRange(sum);
        }
        return [.. Runs(heard, phaseMs)];
    }

    /// <summary>Far from 0, and apart by a step of A-law each: what fades runs through them at once.</summary>
    static short LevelOf(int packet) => (short)(Lowest + Step * (packet % Levels));

    static IEnumerable<(int Level, double At)> Runs(List<int> heard, int phaseMs)
    {
        var before = 0;
        for (int i = 0, from = 0; i < heard.Count; i++)
        {
            if (heard[i] != heard[from]) from = i;
            else if (i - from + 1 == ShortestRun && heard[i] != 0 && heard[i] != before) yield return (before = heard[i], phaseMs + from / (double)Audio.SamplesPerMs);
        }
    }

    static List<double> Sum(IEnumerable<byte> gaps)
    {
        var at = 0.0;
        return [.. gaps.Select(gap => at += gap)];
    }

    /// <summary>Every so many packets the sender stands still for 100 to 300 ms.</summary>
    static (List<double> Arrivals, List<double> Stalls) Stalling(int seed, bool catchesUp)
    {
        var random = new Random(seed);
        var (arrivals, stalls, late, next) = (new List<double>(), new List<double>(), 0.0, 30);
        for (var n = 0; n < 1500; n++)
        {
            if (n == next)
            {
                stalls.Add(100 + 200 * random.NextDouble());
                (late, next) = (late + stalls[^1], n + random.Next(30, 80));
            }
            arrivals.Add(n * FrameMs + late + random.NextDouble());
            if (catchesUp) late = Math.Max(0, late - FrameMs);
        }
        return (arrivals, stalls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(13)]
    public void A_starved_program_is_heard_whole(int phaseMs)
    {
        foreach (var gaps in new[] { Arrivals.CatchingUp, Arrivals.FallingBehind })
        {
            var heard = Hear(Sum(gaps), phaseMs);
            output.WriteLine($"{heard.Count} of {gaps.Length}");
            Assert.InRange(heard.Count, gaps.Length * 99 / 100, gaps.Length);
        }
    }

    [Theory]
    [InlineData(1.02)]
    [InlineData(1.1)]
    [InlineData(1.3)]
    public void A_slow_clock_costs_no_packet(double slow)
    {
        var heard = Hear([.. Enumerable.Range(0, 500).Select(n => n * FrameMs * slow)]);
        Assert.InRange(heard.Count, 498, 500);
    }

    [Fact]
    public void Stalls_that_are_never_made_good_cost_no_packet()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (arrivals, _) = Stalling(seed, catchesUp: false);
            Assert.InRange(Hear(arrivals).Count, arrivals.Count * 99 / 100, arrivals.Count);
        }
    }

    /// <summary>What a stall held up beyond the longest wait there is, 100 ms, cannot be heard without being behind for good.</summary>
    [Fact]
    public void Stalls_that_are_made_good_at_once_cost_what_no_wait_could_save()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (arrivals, stalls) = Stalling(seed, catchesUp: true);
            var beyond = stalls.Sum(s => Math.Max(0, Math.Ceiling((s - 100) / FrameMs)));
            var heard = Hear(arrivals).Count;
            output.WriteLine($"{arrivals.Count - heard} lost in {stalls.Count} stalls, {beyond} beyond");
            Assert.InRange(arrivals.Count - heard, 0, beyond + stalls.Count / 2);
        }
    }

    /// <summary>It is late for its place alone; to wait for the like of it would delay all others.</summary>
    [Fact]
    public void A_packet_that_others_overtook_moves_nothing()
    {
        var heard = Hear([.. Enumerable.Range(0, 300).Select(n => n * FrameMs + (n == 100 ? 87.5 : 0))]);
        Assert.InRange(heard.Count, 299, 300);
        var first = heard[0].At;
        Assert.InRange(heard[^1].At - first, 299 * FrameMs - 1, 299 * FrameMs + 1);
    }

    [Fact]
    public void Delay_that_a_stall_needed_is_given_back()
    {
        var heard = Hear([.. Enumerable.Range(0, 3000).Select(n => (n is >= 200 and < 205 ? 205.0 : n) * FrameMs)]);
        var first = heard[0].At;
        Assert.InRange(heard[^1].At - first, 2999 * FrameMs - 1, 2999 * FrameMs + 20);
    }
}
