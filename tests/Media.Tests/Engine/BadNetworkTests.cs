using CallCenter.Kit.Links;
using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Quality;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Engine;

[Collection(EngineTests.Name)]
public sealed class BadNetworkTests(ITestOutputHelper output)
{
    /// <summary>Half a second of tone, half a second of nothing.</summary>
    static readonly short[] beats = [.. Tone.Make(1000, TimeSpan.FromSeconds(0.5)), .. new short[4000]];

    [Fact, Trait("Speed", "Slow")]
    public async Task Loss_jitter_and_score_are_those_that_were_made_and_the_recording_keeps_time()
    {
        using var rig = new EngineRig(new() { QualityWindow = TimeSpan.FromMinutes(1) });
        using var shaper = new UdpShaper(loss: 0.2, spread: TimeSpan.FromMilliseconds(300));
        var (leg, ear) = (rig.Leg(), rig.Ear());
        ear.Say(beats);
        leg.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, shaper.Local));
        shaper.Connect(ear.Local, leg.Local);
        ear.Connect(shaper.Local);
        await rig.Tells<FirstPacket>();
        var (track, start) = (TrackId.New(), MediaClock.Now);
        leg.Record(track, start);
        await ear.HearsPackets(325, TimeSpan.FromSeconds(20)); // 6.5 s, told by what the leg sends
        var stop = MediaClock.Now;
        leg.StopRecording(track, stop);
        ear.Connect(null);
        await shaper.Drained();
        await ear.HearsPackets(3); // a tick of the leg or two
        await rig.Tells<TrackEnded>();
        IsAsMade(leg.Sound!.Value, shaper);
        KeepsTime(rig, stop - start);
    }

    void IsAsMade(LegWindow sound, UdpShaper shaper)
    {
        var made = EModel.Mos(EModel.Rating(Math.Min(200, 2 * shaper.Jitter) + Audio.FrameMs, shaper.Loss, 1, CodecImpairment.G711Concealed));
        output.WriteLine($"made: {shaper.Loss:F1} %, {shaper.Jitter:F1} ms, {made:F2}; measured: {sound.Loss:F1} %, {sound.Jitter:F1} ms, {sound.Mos:F2}");
        Assert.InRange(shaper.Jitter, 80, 120);
        Assert.Equal(shaper.Loss, sound.Loss, 1.0);
        Assert.Equal(shaper.Jitter, sound.Jitter, 5.0);
        Assert.Equal(made, sound.Mos, 0.2);
    }

    /// <summary>As long as the clock says, and the beats a second apart, from the second one on: at the first the track learns how fast the fastest packets are.</summary>
    static void KeepsTime(EngineRig rig, TimeSpan length)
    {
        var contents = rig.Segments.Select(s => Segment.TryRead(s.Bytes, out var content) ? content : throw new InvalidOperationException()).ToList();
        Assert.Equal(length.TotalMilliseconds, contents.Sum(c => c.Head.Count) / 8.0, 0.5);
        var samples = contents.SelectMany(c => c.Mulaw.ToArray()).Select(code => G711.Decode(AudioCodec.Pcmu, code)).ToArray();
        var sounding = samples.Chunk(Audio.FrameSamples).Select(frame => Tone.Power(frame) > 1e6).ToArray();
        var centres = Beats(sounding).Skip(1).ToArray();
        Assert.InRange(centres.Length, 4, 7);
        for (var i = 1; i < centres.Length; i++) Assert.InRange(centres[i] - centres[i - 1], 920, 1080); // a lost packet at the edge of one moves its middle by 10 ms
    }

    /// <summary>Middles of the beats that are whole, ms: sound with holes of lost packets, then 300 ms without.</summary>
    static IEnumerable<double> Beats(bool[] sounding)
    {
        int first = -1, last = -1;
        for (var frame = 0; frame < sounding.Length; frame++)
        {
            if (sounding[frame]) (first, last) = (first < 0 ? frame : first, frame);
            else if (first >= 0 && frame - last == 15)
            {
                yield return (first + last + 1) / 2.0 * Audio.FrameMs;
                first = -1;
            }
        }
    }

    [Fact]
    public async Task Every_window_is_told_while_something_comes()
    {
        using var rig = new EngineRig(new() { QualityWindow = TimeSpan.FromSeconds(1) });
        var (leg, _) = rig.Party(hz: 440);
        Assert.Null(rig.Leg().Sound);
        var windows = new[] { (await rig.Tells<WindowTold>()).What, (await rig.Tells<WindowTold>(2)).What };
        Assert.Equal(leg, windows[0].Leg);
        Assert.True((windows[1].At - windows[0].At).TotalMilliseconds >= 900);
        Assert.InRange(Heard.Took(windows[0].At, windows[1].At), 0, 1100);
        Assert.InRange(windows[1].Window.Packets, 40, (windows[1].At - windows[0].At).TotalMilliseconds / Audio.FrameMs + 10);
        Assert.Equal(0, windows[1].Window.Lost);
        Assert.InRange(windows[1].Window.Mos, 4.2, 4.41);
    }

    [Fact]
    public async Task Comfort_noise_is_recorded_as_noise_and_is_no_loss()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party();
        ear.SayTone(440);
        await rig.Tells<FirstPacket>();
        var (track, start) = (TrackId.New(), MediaClock.Now);
        leg.Record(track, start);
        await ear.HearsPackets(20);
        var silent = MediaClock.Now - start;
        ear.FallSilent(level: 40);
        await ear.HearsPackets(50);
        ear.SayTone(440);
        await ear.HearsPackets(20);
        leg.StopRecording(track, MediaClock.Now);
        await rig.Tells<TrackEnded>();
        var sound = leg.Sound!.Value;
        Assert.Equal(0, sound.Lost); // its packet has a number like any other
        Assert.True(Segment.TryRead(Assert.Single(rig.Segments).Bytes, out var content));
        var within = (int)(silent.TotalMilliseconds + 200) * Audio.SamplesPerMs;
        var power = content.Mulaw.ToArray().Select(code => G711.Decode(AudioCodec.Pcmu, code)).ToArray().AsSpan(within, 4000); // 0.2–0.7 s of the second of silence
        Assert.Equal(-40, 10 * Math.Log10(Tone.Power(power) / (32_767.0 * 32_767)), 2.0);
        Assert.DoesNotContain(content.Gaps, g => g.Reason == GapReason.NothingSent && g.First > 800 && g.Count > 1600);
    }
}
