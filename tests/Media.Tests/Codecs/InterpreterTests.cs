using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Codecs;

public sealed class InterpreterTests
{
    /// <summary>What is told of speech whose packets are lost where asked, at the places of their timestamps; silence elsewhere.</summary>
    static short[] Told(AudioCodec codec, short[] said, Func<int, bool> isLost)
    {
        using var encoder = VoiceCodecs.Encoder(codec)!;
        using var interpreter = new Interpreter(codec, VoiceCodecs.Decoder(codec)!);
        var told = new short[said.Length];
        var (payload, codes) = (new byte[500], new byte[Audio.LongestPacket]);
        for (var n = 0; n < said.Length / 160; n++)
        {
            var bytes = payload.AsSpan(0, encoder.Encode(said.AsSpan(n * 160, 160), payload));
            if (isLost(n)) continue;
            interpreter.Put(new(false, (byte)codec, (ushort)n, (uint)n * 160, 7, 12, bytes.Length), bytes, n * 20 * MediaClock.PerMillisecond);
            while (interpreter.TryTell(n * 20 * MediaClock.PerMillisecond, codes, out var header, out _))
                G711.Decode(AudioCodec.Pcmu, codes.AsSpan(0, header.PayloadLength), told.AsSpan((int)header.Timestamp));
        }
        return told;
    }

    static double Power(short[] samples, int packet) => Tone.Power(samples.AsSpan(packet * 160, 160));

    [Fact]
    public void G722_tells_all_that_came()
    {
        var told = Told(AudioCodec.G722, Tone.Make(440, TimeSpan.FromSeconds(2)), n => n % 10 == 5);
        for (var n = 0; n < 100; n++) Assert.Equal(n % 10 == 5, Power(told, n) == 0);
        Assert.InRange(Tone.MedianSnr(told.AsSpan(1600, 800), 440), 20, 100);
    }

    [Fact]
    public void A_single_lost_packet_of_Opus_is_told_by_the_next_one()
    {
        if (!OpusLibrary.IsInstalled) return; // not spoken here
        var said = Voices.Speech(TimeSpan.FromSeconds(10));
        var (told, whole) = (Told(AudioCodec.Opus, said, n => n % 10 == 5), Told(AudioCodec.Opus, said, _ => false));
        var (loud, recovered) = (0, 0);
        for (var n = 5; n < 490; n += 10)
        {
            if (Power(whole, n) < 1e6) continue;
            loud++;
            if (Power(told, n) > Power(whole, n) / 4) recovered++;
        }
        Assert.True(loud > 10);
        Assert.InRange(recovered, loud * 8 / 10, loud); // the encoder leaves out what it holds for unvoiced
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu, 100u)]
    [InlineData(AudioCodec.Opus, 100u)]
    [InlineData(AudioCodec.Opus, 4_294_967_000u)]
    public void Timestamps_of_any_clock_become_ours_past_the_end_of_32_bits(AudioCodec codec, uint first)
    {
        var units = default(RtpUnits);
        var last = units.ToSamples(first, codec);
        for (var n = 1; n < 100; n++)
        {
            var next = units.ToSamples(first + (uint)n * 160 * Audio.ClockUnits(codec), codec);
            Assert.Equal(160u, next - last);
            last = next;
        }
    }

    [Theory] // RFC 6716 table 2 and §3.2
    [InlineData(0x00, 0, 80)]
    [InlineData(0x08, 0, 160)]
    [InlineData(0x18, 0, 480)]
    [InlineData(0x60, 0, 80)]
    [InlineData(0x80, 0, 20)]
    [InlineData(0x98, 0, 160)]
    [InlineData(0xF9, 0, 320)]
    [InlineData(0x0B, 3, 480)]
    [InlineData(0x1B, 3, 0)] // 180 ms: more than there may be
    public void The_length_of_an_Opus_packet_stands_in_its_first_bytes(byte head, byte frames, int samples) => Assert.Equal(samples, OpusPacket.Samples([head, frames, 0]));
}
