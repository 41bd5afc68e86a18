using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Codecs;

/// <summary>What holds for G.722 and Opus alike. Where libopus is missing, Opus is not spoken, and so not tried.</summary>
public sealed class VoiceCodecTests
{
    public static IEnumerable<TheoryDataRow<AudioCodec>> Own => VoiceCodecs.Spoken.Where(c => !Audio.IsLaw(c)).Select(c => new TheoryDataRow<AudioCodec>(c));

    static IEnumerable<(AudioCodec Codec, double Hz)> Tones => from codec in Own from hz in new[] { 300.0, 1000, 2000, 3000 } select (codec.Data, hz);

    public static IEnumerable<TheoryDataRow<AudioCodec, double>> OwnAtTones => Tones.Select(t => new TheoryDataRow<AudioCodec, double>(t.Codec, t.Hz));

    static short[] Through(AudioCodec codec, short[] said)
    {
        using var encoder = VoiceCodecs.Encoder(codec)!;
        using var decoder = VoiceCodecs.Decoder(codec)!;
        var (payload, samples) = (new byte[500], new short[Audio.LongestPacket]);
        List<short> heard = [];
        for (var at = 0; at + 160 <= said.Length; at += 160)
        {
            var bytes = payload.AsSpan(0, encoder.Encode(said.AsSpan(at, 160), payload));
            Assert.Equal(160, Audio.SamplesIn(codec, bytes));
            heard.AddRange(samples.AsSpan(0, decoder.Decode(bytes, samples)));
        }
        Assert.Equal(said.Length / 160 * 160, heard.Count);
        return [.. heard];
    }

    [Theory, MemberData(nameof(OwnAtTones))]
    public void A_tone_comes_through_at_20_dB_and_as_loud_as_it_was(AudioCodec codec, double hz)
    {
        var heard = Through(codec, Tone.Make(hz, TimeSpan.FromSeconds(2)))[8000..];
        Assert.InRange(Tone.MedianSnr(heard, hz), 20, 100);
        Assert.InRange(10 * Math.Log10(Tone.Power(heard, hz) / 32e6), -2, 1);
    }

    [Theory, MemberData(nameof(Own))]
    public void Silence_stays_silence(AudioCodec codec) =>
        Assert.InRange(Tone.Power(Through(codec, new short[16_000])[1600..]), 0, 10 * 10);

    [Fact]
    public void Speech_comes_through_G722_at_20_dB_by_the_segment()
    {
        var said = Voices.Speech(TimeSpan.FromSeconds(10));
        Assert.InRange(Voices.SegmentalSnr(said, Through(AudioCodec.G722, said)), 20, 40);
    }

    [Theory, MemberData(nameof(Own))]
    public void Any_bytes_are_decoded_and_what_comes_after_them_is_heard(AudioCodec codec)
    {
        using var decoder = VoiceCodecs.Decoder(codec)!;
        using var encoder = VoiceCodecs.Encoder(codec)!;
        var random = new Random(4);
        var (payload, samples) = (new byte[500], new short[Audio.LongestPacket]);
        for (var n = 0; n < 5000; n++)
        {
            var bytes = payload.AsSpan(0, random.Next(300));
            random.NextBytes(bytes);
            Assert.InRange(decoder.Decode(bytes, samples), 0, samples.Length);
            Assert.InRange(decoder.Recover(1 + random.Next(20), bytes, samples), 0, samples.Length);
        }
        List<short> heard = [];
        var tone = Tone.Make(1000, TimeSpan.FromSeconds(2));
        for (var at = 0; at < tone.Length; at += 160)
        {
            var bytes = payload.AsSpan(0, encoder.Encode(tone.AsSpan(at, 160), payload));
            heard.AddRange(samples.AsSpan(0, decoder.Decode(bytes, samples)));
        }
        Assert.InRange(Tone.MedianSnr([.. heard[8000..]], 1000), 20, 100);
    }

    [Theory, MemberData(nameof(Own))]
    public void A_packet_costs_no_memory(AudioCodec codec)
    {
        using var encoder = VoiceCodecs.Encoder(codec)!;
        using var decoder = VoiceCodecs.Decoder(codec)!;
        var (payload, samples, said) = (new byte[500], new short[Audio.LongestPacket], Voices.Speech(TimeSpan.FromSeconds(1)));
        void Once(int at)
        {
            var bytes = payload.AsSpan(0, encoder.Encode(said.AsSpan(at, 160), payload));
            decoder.Recover(1, bytes, samples);
            decoder.Decode(bytes, samples);
        }
        long Second()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var at = 0; at + 160 <= said.Length; at += 160) Once(at);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, Math.Min(Math.Min(Second(), Second()), Second())); // what the runtime makes at a first use comes once; a packet's own cost would come each time
    }
}
