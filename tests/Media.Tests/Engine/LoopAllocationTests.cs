using System.Net;
using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Engine;

[Collection(EngineTests.Name)]
public sealed class LoopAllocationTests
{
    /// <summary>Counts windows and keeps nothing, so that what is allocated is the engine's own.</summary>
    sealed class Counter(MediaLeg?[] of) : IMediaEvents, ISegmentSink, IDisposable
    {
        readonly AutoResetEvent window = new(false);

        public void Happened(MediaEvent what) { }

        public void Measured(in QualityMeasured what)
        {
            if (what.Leg == of[0]) window.Set();
        }

        public void Faulted(Exception bug) => Assert.Fail(bug.ToString());

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;

        public bool Waits() => window.WaitOne(TimeSpan.FromSeconds(20));

        public void Dispose() => window.Dispose();
    }

    [Fact]
    public void Two_who_talk_cost_no_allocation_though_their_quality_is_told_window_after_window()
    {
        var legs = new MediaLeg?[2];
        using var counter = new Counter(legs);
        using var engine = new MediaEngine(new() { PortFirst = 31_000, PortLast = 31_099, BindAddress = IPAddress.Loopback, Shards = 1, QualityWindow = TimeSpan.FromSeconds(1), ReportInterval = TimeSpan.FromSeconds(1) }, counter, counter, TimeProvider.System);
        using RtpEar one = new(AudioCodec.Pcmu, 1), other = new(AudioCodec.Pcmu, 2);
        foreach (var (ear, i) in new[] { (one, 0), (other, 1) })
        {
            Assert.True(engine.TryOpenLeg(1, null, out var leg, out _));
            leg.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, ear.Local));
            legs[i] = leg;
            ear.SayTone(440);
            ear.Connect(leg.Local);
        }
        engine.OpenRoom(1).Set([new(legs[0]!), new(legs[1]!)]);
        var least = long.MaxValue;
        for (var window = 0; window < 10 && least > 0; window++)
        {
            var before = engine.LoopAllocations;
            Assert.True(counter.Waits());
            if (window > 0) least = Math.Min(least, engine.LoopAllocations - before); // the first meets code that has not run yet
        }
        Assert.Equal(0, least);
    }
}
