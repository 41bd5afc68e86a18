using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Engine;

/// <summary>Parties who each say a tone of their own, so that what one hears tells whom.</summary>
sealed class RoomRig : IDisposable
{
    /// <summary>Multiples of 50 Hz are told apart within one packet of 20 ms.</summary>
    static readonly double[] tones = [450, 1000, 1700, 2600];

    /// <summary>Small enough that the sum of all four stays below the limiter's knee.</summary>
    const double Amplitude = 5000;

    /// <summary>Mean square of a tone; half of it is heard, a thousandth (−30 dB) is not.</summary>
    const double Power = Amplitude * Amplitude / 2;

    readonly EngineRig rig = new();

    public sealed record Party(MediaLeg Leg, RtpEar Ear, double Hz)
    {
        public static implicit operator MediaMember(Party party) => new(party.Leg);

        public MediaMember Muted => new(Leg, RoomVoice.Nobody);

        public MediaMember Whispers(Party to) => new(Leg, RoomVoice.One, to.Leg);
    }

    public EngineRig Engine => rig;

    /// <summary>A–D, the second one with the other law.</summary>
    public Party[] Parties(int count)
    {
        var parties = new Party[count];
        for (var i = 0; i < count; i++)
        {
            var (leg, ear) = rig.Party(i == 1 ? AudioCodec.Pcma : AudioCodec.Pcmu);
            ear.Say(Tone.Make(tones[i], TimeSpan.FromSeconds(1), Amplitude));
            parties[i] = new(leg, ear, tones[i]);
        }
        return parties;
    }

    public MediaRoom Room(params MediaMember[] members)
    {
        var room = rig.Engine.OpenRoom(1);
        room.Set(members);
        return room;
    }

    /// <summary>
    /// Once what came before has been heard, this party hears these and nobody else, for half a second. Several are tried: a machine that is
    /// busy elsewhere breaks speech up, but puts nobody's tone where it does not belong.
    /// </summary>
    public static async Task Hears(Party hearer, params Party[] speakers)
    {
        const int tries = 12;
        await hearer.Ear.HearsPackets(8); // 40 ms in the mixer, and what was on its way
        for (var left = tries; ; left--)
        {
            var before = hearer.Ear.Heard().Length;
            await hearer.Ear.HearsPackets(25);
            if (Wrong(RtpEar.Samples(hearer.Ear.Heard()[before..]), speakers) is not { } wrong) return;
            if (left == 1) Assert.Fail($"{hearer.Hz} Hz hears {wrong}");
        }
    }

    static string? Wrong(short[] samples, Party[] speakers)
    {
        foreach (var hz in tones)
        {
            var shares = Windows(samples, hz);
            if (shares.Count == 0 || speakers.Any(s => s.Hz == hz) != shares[^1] > 0.5) return $"{hz} Hz at {shares.LastOrDefault():F4} of its power at best";
            if (shares[^1] <= 0.5 && shares[shares.Count / 2] >= 0.001) return $"{hz} Hz at {shares[shares.Count / 2]:F4} of its power";
        }
        return null;
    }

    public static bool Holds(HeardPacket packet, double hz) => packet.IsAudio && Tone.Power(packet.Samples(), hz) > Power / 4;

    /// <summary>Shares in windows of 100 ms, rising: what other processes take from us spoils some of them.</summary>
    static List<double> Windows(ReadOnlySpan<short> samples, double hz)
    {
        List<double> all = [];
        for (var at = 0; at + 800 <= samples.Length; at += 800) all.Add(Tone.Power(samples.Slice(at, 800), hz) / Power);
        all.Sort();
        return all;
    }

    public void Dispose() => rig.Dispose();
}
