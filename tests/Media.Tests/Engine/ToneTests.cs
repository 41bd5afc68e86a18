using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Recording;
using CallCenter.Media.Tests.Dtmf;
using CallCenter.Media.Tones;

namespace CallCenter.Media.Tests.Engine;

/// <summary>Legs whose sessions have no telephone-event.</summary>
public sealed class ToneTests
{
    static (MediaLeg Leg, RtpEar Ear) ToneParty(EngineRig rig, AudioCodec codec = AudioCodec.Pcmu)
    {
        var (leg, ear) = (rig.Leg(), rig.Ear(codec));
        var settled = EngineRig.Settled(codec, ear.Local);
        leg.SetRemote(settled with { Send = settled.Send with { Event = null }, Receive = settled.Receive with { Event = null } });
        ear.Connect(leg.Local);
        return (leg, ear);
    }

    /// <summary>Keys as sound, with half a second of a voice (or of silence) before, between and after them, over and over.</summary>
    static short[] Sound(string keys, bool talking = false)
    {
        var chance = new Random(1);
        var pause = talking ? new Voice(chance).Say(0.5) : new double[4000];
        return [.. pause.Concat(keys.SelectMany(k => new KeySound().Say(k, chance).Concat(pause))).Select(s => (short)s)];
    }

    /// <summary>How strong the tones of these keys are in some sound, at their strongest in 15 ms: the weaker of the two tones, dBm0.</summary>
    static double Strongest(short[] samples, string keys)
    {
        var most = double.NegativeInfinity;
        foreach (var key in keys)
        {
            var (low, high) = KeySound.Of(key);
            for (var at = 0; at + 120 <= samples.Length; at += 40)
            {
                var window = samples.AsSpan(at, 120);
                var both = Math.Min(Tone.Power(window, low), Tone.Power(window, high));
                if (both * 2 > 0.8 * Tone.Power(window)) most = Math.Max(most, 10 * Math.Log10(both / (KeySound.Amplitude(0) * KeySound.Amplitude(0) / 2) + 1e-12));
            }
        }
        return most;
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma)]
    [InlineData(AudioCodec.G722)]
    public async Task Keys_that_come_as_tones_are_told_once_each(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (leg, ear) = ToneParty(rig, codec);
        ear.Say(Sound("19#"));
        await rig.Tells<DigitPressed>(3);
        var told = rig.Told<DigitPressed>();
        Assert.Equal("19#", string.Concat(told.Take(3).Select(d => d.Key)));
        Assert.All(told.Take(3), d => Assert.Equal(100, (d.At - d.Start).TotalMilliseconds, 10.0));
        Assert.All(told.Take(3), d => Assert.Equal((leg, KeySource.Tone), (d.Leg, d.Source)));
    }

    [Fact]
    public async Task Where_telephone_events_were_settled_tones_are_not_listened_to()
    {
        using var rig = new EngineRig();
        var (_, ear) = rig.Party();
        ear.Say(Sound("5"));
        await ear.HearsPackets(60);
        ear.Press('7');
        Assert.Equal(('7', KeySource.Event), ((await rig.Tells<DigitPressed>()).Key, rig.Told<DigitPressed>()[0].Source));
        Assert.Single(rig.Told<DigitPressed>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recording_does_not_tell_them(bool talking)
    {
        const string keys = "7391";
        using var rig = new EngineRig();
        var (leg, ear) = ToneParty(rig);
        var track = TrackId.New();
        leg.Record(track, MediaClock.Now);
        ear.Say(Sound(keys, talking));
        await rig.Tells<DigitPressed>(keys.Length);
        leg.StopRecording(track, MediaClock.Now);
        await rig.Tells<TrackEnded>();
        var samples = new List<short>();
        var gaps = new List<SegmentGap>();
        foreach (var (_, bytes) in rig.Segments)
        {
            Assert.True(Segment.TryRead(bytes, out var content));
            var part = new short[content.Mulaw.Length];
            G711.Decode(AudioCodec.Pcmu, content.Mulaw.Span, part);
            samples.AddRange(part);
            gaps.AddRange(content.Gaps);
        }
        Assert.InRange(Strongest([.. Sound(keys, talking)], keys), -12, 0); // the measure finds them where they are
        Assert.InRange(Strongest([.. samples], keys), double.NegativeInfinity, -40);
        var said = gaps.Where(g => g.Reason == GapReason.Key).ToList();
        Assert.InRange(said.Count, keys.Length, keys.Length + 2); // a gap may be cut by a segment's border
        Assert.InRange(said.Sum(g => g.Count) / 8.0, keys.Length * 100, keys.Length * 160);
        if (talking) Assert.InRange(Tone.Power([.. samples]), Tone.Power(Sound(keys, talking)) / 8, double.PositiveInfinity); // the voice is there
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_reach_the_other_party_if_they_may(bool pass)
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = ToneParty(rig);
        var (agent, agentEar) = rig.Party();
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        caller.PassDigits(pass);
        await rig.Tells<FirstPacket>(2);
        callerEar.Say(Sound("5"));
        await rig.Tells<DigitPressed>();
        await agentEar.Hears(h => !pass || Keys(h, AudioCodec.Pcmu).Length > 0, "the key"); // the engine tells sooner than the ear reads
        await agentEar.HearsPackets(10);
        Assert.Equal(pass ? "5" : "", Keys(agentEar.Heard(), AudioCodec.Pcmu));
    }

    [Fact]
    public async Task Keys_sent_are_played_as_tones()
    {
        using var rig = new EngineRig();
        var (leg, ear) = ToneParty(rig, AudioCodec.Pcma);
        Assert.True(leg.SendDigits("7*!D"));
        await rig.Tells<DigitsSent>();
        await ear.Hears(h => Keys(h, AudioCodec.Pcma).Length >= 3, "the keys"); // the engine tells sooner than the ear reads
        await ear.HearsPackets(2);
        Assert.All(ear.Heard(), p => Assert.Equal(8, p.PayloadType));
        Assert.Equal("7*D", Keys(ear.Heard(), AudioCodec.Pcma));
        Heard.IsOneStream(ear.Heard());
    }

    [Fact]
    public async Task Keys_of_telephone_events_are_heard_as_tones_where_there_are_none()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(hz: 440);
        var (agent, agentEar) = ToneParty(rig);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 5, "the caller");
        foreach (var key in "24") callerEar.Press(key);
        await rig.Tells<DigitPressed>(2);
        await agentEar.Hears(h => Keys(h, AudioCodec.Pcmu).Length >= 2, "the keys"); // the engine tells sooner than the ear reads
        await agentEar.HearsPackets(20);
        Assert.Equal("24", Keys(agentEar.Heard(), AudioCodec.Pcmu));
    }

    [Fact]
    public async Task Tones_that_are_muted_go_on_as_events_where_somebody_says_so()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = ToneParty(rig);
        var (agent, agentEar) = rig.Party();
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        caller.MuteTones();
        await rig.Tells<FirstPacket>(2);
        callerEar.Say(Sound("5"));
        caller.PassKey((await rig.Tells<DigitPressed>()).Key);
        await agentEar.Hears(h => h.Count(p => p.PayloadType == 101) == 7, "the key");
        Assert.Equal("", Keys(agentEar.Heard(), AudioCodec.Pcmu));
    }

    /// <summary>Keys as tones in what was heard.</summary>
    static string Keys(IReadOnlyList<HeardPacket> heard, AudioCodec law) => Line.Hear(heard.Where(p => p.PayloadType == (byte)law).SelectMany(p => p.Payload).ToArray(), law).Names();

    [Fact]
    public async Task A_fax_machine_is_told_once()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party();
        var cng = Enumerable.Range(0, 4000).Select(i => (short)(6000 * Math.Sin(2 * Math.PI * 1100 * i / 8000)));
        ear.Say([.. cng, .. new short[10_000]]);
        var told = await rig.Tells<FaxHeard>();
        Assert.Equal((leg, FaxTone.Calling), (told.Leg, told.Tone));
        await ear.HearsPackets(100);
        Assert.Single(rig.Told<FaxHeard>());
    }
}
