using CallCenter.Kit.Media;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>
/// What ears hear of a conversation of several, each of whom says one tone. All tones are multiples of 50 Hz: over a packet of 20 ms they
/// are orthogonal, so that each is found in the sum of all.
/// </summary>
static class Ears
{
    public const double Customer = 700, Agent = 1000, Third = 1500, Listener = 2100;

    /// <summary>Mean squares: a voice of these tests has 3·10⁷; silence in G.711 has less than 100.</summary>
    const double Voice = 3_000_000, Trace = 200_000, Sound = 10_000;

    const int Packets = 15;
    const double Patience = 5;

    static readonly double[] all = [Customer, Agent, Third, Listener];

    /// <summary>From some instant soon, for 0.3 s: exactly these voices.</summary>
    public static async Task Hear(RtpEar ear, params double[] voices)
    {
        ear.Forget();
        await Last(ear, p => all.All(hz => voices.Contains(hz) ? Power(p, hz) > Voice : Power(p, hz) < Trace), voices.Length == 0 ? "nobody" : string.Join(" and ", voices.Select(v => $"{v} Hz")), Patience);
    }

    /// <summary>A sound that is nobody's voice: music, a prompt, the tone of ringing.</summary>
    public static async Task Music(RtpEar ear, double within = Patience)
    {
        ear.Forget();
        await Last(ear, p => Tone.Power(p.Samples()) > Sound && all.All(hz => Tone.Snr(p.Samples(), hz) < 0), "music", within);
    }

    public static async Task Silence(RtpEar ear, double within = Patience)
    {
        ear.Forget();
        await Last(ear, p => Tone.Power(p.Samples()) < Sound, "silence", within);
    }

    static Task Last(RtpEar ear, Func<HeardPacket, bool> right, string what, double within) =>
        ear.Hears(heard => heard.Count >= Packets && heard.Skip(heard.Count - Packets).All(p => p.IsAudio && right(p)), what, TimeSpan.FromSeconds(within));

    static double Power(HeardPacket packet, double hz) => Tone.Power(packet.Samples(), hz);

    /// <summary>Mean square of one tone in a part of a recording, from and for seconds.</summary>
    public static double PowerIn(short[] channel, double from, double seconds, double hz)
    {
        var at = (int)(from * Tone.Rate);
        return Tone.Power(channel.AsSpan(at, Math.Min((int)(seconds * Tone.Rate), channel.Length - at)), hz);
    }
}
