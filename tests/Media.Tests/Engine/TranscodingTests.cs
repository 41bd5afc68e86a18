using System.Net;
using System.Net.Sockets;
using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;
using CallCenter.Media.Tests.Codecs;

namespace CallCenter.Media.Tests.Engine;

public sealed class TranscodingTests
{
    public static IEnumerable<TheoryDataRow<AudioCodec>> Own => VoiceCodecTests.Own;

    [Theory, MemberData(nameof(Own))]
    public async Task Two_who_speak_different_codecs_hear_each_other(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(codec, 450);
        var (agent, agentEar) = rig.Party(AudioCodec.Pcma, 1000);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 30, "the caller");
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 30, "the agent");
        IsTone(agentEar.Heard(), 450);
        IsTone([.. callerEar.Heard().SkipWhile(p => p.IsSilence).Skip(10)], 1000);
        Heard.IsOneStream(agentEar.Heard());
        Heard.IsOneStream(callerEar.Heard());
        Assert.All(callerEar.Heard(), p => Assert.Equal((byte)codec, p.PayloadType));
    }

    [Theory, MemberData(nameof(Own))]
    public async Task Packets_of_one_codec_pass_as_they_are(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (caller, _) = rig.Party(codec, 450);
        var (agent, agentEar) = rig.Party(codec);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 30, "the caller");
        var room = agentEar.Heard();
        var begun = Array.FindIndex(room, p => !p.IsSilence);
        Assert.All(room[begun..].Zip(room[(begun + 1)..]), pair => Assert.Equal(160 * Audio.ClockUnits(codec), pair.Second.Timestamp - pair.First.Timestamp));
        IsTone(room, 450);
    }

    [Fact]
    public async Task Payloads_of_one_codec_are_not_touched()
    {
        using var rig = new EngineRig();
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var caller = rig.Leg();
        caller.SetRemote(EngineRig.Settled(AudioCodec.G722, (IPEndPoint)phone.Client.LocalEndPoint!));
        var (agent, agentEar) = rig.Party(AudioCodec.G722);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await agentEar.HearsPackets(1);
        var packet = new byte[RtpHeader.Size + 160];
        new Random(1).NextBytes(packet); // both sub-bands
        for (ushort n = 0; n < 3; n++)
        {
            RtpHeader.Write(packet, false, 9, n, n * 160u, 7);
            phone.Send(packet, caller.Local);
        }
        await agentEar.Hears(h => h.Count(p => p.Payload.AsSpan().SequenceEqual(packet.AsSpan(RtpHeader.Size))) == 3, "the very bytes");
    }

    [Theory, MemberData(nameof(Own))]
    public async Task What_is_said_in_a_codec_of_its_own_is_recorded_in_mu_law(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party(codec, 450);
        await rig.Tells<FirstPacket>();
        var from = MediaClock.Now;
        leg.Record(TrackId.New(), from);
        await ear.HearsPackets(60);
        leg.Close();
        var ended = await rig.Tells<TrackEnded>();
        Assert.InRange(ended.Samples, 7000, (ended.At - from).TotalMilliseconds * Audio.SamplesPerMs + 1280); // as long as it was recorded
        Assert.True(Segment.TryRead(rig.Segments[0].Bytes, out var segment));
        var samples = new short[segment.Mulaw.Length];
        G711.Decode(AudioCodec.Pcmu, segment.Mulaw.Span, samples);
        Assert.InRange(Tone.MedianSnr(samples.AsSpan(1600..^800), 450), 20, 100);
    }

    [Theory, MemberData(nameof(Own))]
    public async Task A_conference_is_heard_in_a_codec_of_its_own(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(codec, 450);
        var (agent, _) = rig.Party(AudioCodec.Pcmu, 1000);
        var (third, thirdEar) = rig.Party(AudioCodec.Pcma, 1700);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent), new(third)]);
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 40, "both others");
        Assert.True(Loudness(callerEar, 1000) > 3e6);
        Assert.True(Loudness(callerEar, 1700) > 3e6);
        Assert.True(Loudness(callerEar, 450) < 3e5);
        await thirdEar.Hears(h => h.Count(p => !p.IsSilence) > 40, "both others");
        Assert.True(Loudness(thirdEar, 450) > 3e6);
    }

    /// <summary>By the packet: on a busy machine the jitter buffer moves, which shifts the phase between two but is not noise.</summary>
    static void IsTone(IReadOnlyList<HeardPacket> heard, double hz)
    {
        var all = heard.Where(p => !p.IsSilence).Skip(2).Select(p => Tone.SnrNear(p.Samples(), hz)).Order().ToArray();
        Assert.InRange(all[all.Length / 2], 20, 200);
    }

    /// <summary>Of a tone in the usual packet; multiples of 50 Hz are told apart within one. A tone as it is said has 32e6.</summary>
    static double Loudness(RtpEar ear, double hz)
    {
        var all = ear.Heard().Where(p => !p.IsSilence).Skip(10).Select(p => Tone.Power(p.Samples(), hz)).Order().ToArray();
        return all[all.Length / 2];
    }

    [Theory, MemberData(nameof(Own))]
    public async Task Keys_pass_between_different_codecs(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(codec, 450);
        var (agent, agentEar) = rig.Party(AudioCodec.Pcmu, 1000);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await rig.Tells<FirstPacket>(2);
        callerEar.Press('5');
        callerEar.Press('5');
        await rig.Tells<DigitPressed>(2);
        await agentEar.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == 5), "the key");
        agentEar.Press('7');
        await callerEar.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == 7), "the key");
        Assert.Equal(2, rig.Told<DigitPressed>().Count(d => d.Leg == caller));
    }

    [Fact]
    public async Task A_leg_that_changes_its_codec_within_the_call_goes_on_being_heard()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(AudioCodec.Pcmu, 450);
        var (agent, agentEar) = rig.Party(AudioCodec.Pcmu, 1000);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 10, "the caller");
        callerEar.Connect(null);
        var other = rig.Ear(AudioCodec.G722, 7);
        other.SayTone(450);
        caller.SetRemote(EngineRig.Settled(AudioCodec.G722, other.Local));
        other.Connect(caller.Local);
        var before = agentEar.Heard().Length;
        await agentEar.Hears(h => h.Skip(before).Count(p => !p.IsSilence) > 80, "the caller again");
        await other.Hears(h => h.Count(p => !p.IsSilence) > 30, "the agent");
        IsTone(agentEar.Heard()[^50..], 450);
        IsTone(other.Heard()[^50..], 1000);
    }

    [Theory, MemberData(nameof(Own))]
    public async Task Transcoding_allocates_nothing(AudioCodec codec)
    {
        using var rig = new EngineRig();
        var (one, oneEar) = rig.Party(codec, hz: 450);
        var (two, twoEar) = rig.Party(AudioCodec.Pcmu, hz: 1000);
        rig.Engine.OpenRoom(1).Set([new(one), new(two)]);
        var allocated = long.MaxValue;
        for (var round = 0; round < 10 && allocated > 0; round++) // the first rounds compile and load what they use
        {
            var before = rig.Engine.LoopAllocations;
            await Task.WhenAll(oneEar.HearsPackets(25), twoEar.HearsPackets(25));
            allocated = rig.Engine.LoopAllocations - before;
        }
        Assert.Equal(0, allocated);
    }
}
