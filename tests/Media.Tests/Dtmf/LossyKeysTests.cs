using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Tests.Codecs;

namespace CallCenter.Media.Tests.Dtmf;

/// <summary>
/// Keys as tones on a line that loses 5 % of the packets, each by chance. Tones are 100 ms long with as much pause, as phones and gateways
/// play them and we do; they begin anywhere within a packet, so that four or five packets of 20 ms hold nothing but tone. What
/// must not be heard at all is below 23 ms (ITU-T Q.24), senders play 65 ms at the least (ETSI ES 201 235-2).
/// </summary>
public sealed class LossyKeysTests(ITestOutputHelper output)
{
    const int Keys = 10_000, Loss = 5;

    public static IEnumerable<TheoryDataRow<AudioCodec>> All => VoiceCodecs.Spoken.Select(c => new TheoryDataRow<AudioCodec>(c));

    /// <summary>Opus takes its time: of it a sample is enough each time.</summary>
    [Theory, MemberData(nameof(All))]
    public void No_key_is_lost_doubled_or_swapped(AudioCodec codec) => Dial(codec, codec == AudioCodec.Opus ? Keys / 5 : Keys);

    [Theory, MemberData(nameof(All)), Trait("Speed", "Long")]
    public void Of_ten_thousand_keys_none_is_lost_doubled_or_swapped(AudioCodec codec) => Dial(codec, Keys);

    /// <summary>Seeds with which two or three keys were once lost: behind two lost packets what was decoded wavered until the key was over, though its codes told it.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(18)]
    public void A_key_of_G722_behind_a_hole_is_told_by_its_codes(int seed)
    {
        var books = new KeyLine(AudioCodec.G722, seed).Dial(Keys, new(), Loss);
        Assert.Equal((0, 0, 0), (books.Lost, books.Doubled, books.Swapped));
    }

    void Dial(AudioCodec codec, int keys)
    {
        var books = new KeyLine(codec, seed: 5).Dial(keys, new(), Loss);
        output.WriteLine($"{codec}: {books}");
        Assert.Equal((0, 0, 0), (books.Lost, books.Doubled, books.Swapped));
    }

    /// <summary>Of 65 ms no more than two packets may be whole, which are both lost 2.5 times in a thousand: nobody can hear those.</summary>
    [Theory, MemberData(nameof(All))]
    public void Of_the_shortest_keys_that_are_sent_none_is_doubled_or_swapped(AudioCodec codec)
    {
        var books = new KeyLine(codec, seed: 6).Dial(Keys / 5, new(ToneMs: 65, PauseMs: 65), Loss);
        output.WriteLine($"{codec}: {books}");
        Assert.Equal((0, 0), (books.Doubled, books.Swapped));
        Assert.InRange(books.Lost, 0, Keys / 5 / 50);
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu, 10)]
    [InlineData(AudioCodec.G722, 5)]
    public void Minutes_of_speech_and_music_with_holes_hold_no_key(AudioCodec codec, int rounds) => Holds(codec, seconds: 60, rounds);

    [Theory, Trait("Speed", "Long")]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.G722)]
    public void Ten_hours_of_speech_and_music_with_holes_hold_no_key(AudioCodec codec) => Holds(codec, seconds: 60, rounds: 300);

    static void Holds(AudioCodec codec, int seconds, int rounds)
    {
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 2 * rounds, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) }, round =>
        {
            var chance = new Random(round);
            var sound = round % 2 == 0 ? new Voice(chance).Say(seconds) : new Band(chance).Play(seconds);
            var line = new KeyLine(codec, round);
            foreach (var press in line.Carry(Line.Carry(sound, AudioCodec.Pcmu, chance, -60), Loss)) wrong.Add($"{press.Code} in round {round} at {press.Start / 1e9:f2} s");
        });
        Assert.Empty(wrong);
    }
}

/// <param name="Heard">Of those that were dialled.</param>
/// <param name="Swapped">Heard as another.</param>
sealed record KeyBooks(int Heard, int Lost, int Doubled, int Swapped)
{
    /// <summary>Each press belongs to the key whose slot of time its middle lies in, or whose beginning was lost.</summary>
    public static KeyBooks Of(IReadOnlyList<char> dialled, IReadOnlyList<long> startsMs, IReadOnlyList<KeyPress> heard)
    {
        var times = new int[dialled.Count];
        var (swapped, index) = (0, 0);
        foreach (var press in heard)
        {
            var at = (press.Start + press.End) / 2_000_000;
            while (index + 1 < startsMs.Count && startsMs[index + 1] <= at) index++;
            times[index]++;
            if (!DtmfKeys.TryKey(press.Code, out var key) || key != dialled[index]) swapped++;
        }
        return new(times.Count(t => t > 0), times.Count(t => t == 0), times.Sum(t => Math.Max(0, t - 1)), swapped);
    }
}

/// <summary>A phone that plays keys in its codec, a network that loses packets, and the ear at its end; in virtual time.</summary>
sealed class KeyLine(AudioCodec codec, int seed)
{
    const long Ms = MediaClock.PerMillisecond;

    readonly Random chance = new(seed);
    readonly InbandKeys keys = new();
    readonly List<KeyPress> heard = [];

    public KeyBooks Dial(int count, KeySound sound, int loss)
    {
        var dialled = Line.RandomKeys(chance, count);
        List<long> starts = [];
        List<short> samples = [.. new short[chance.Next(160)]];
        foreach (var key in dialled)
        {
            starts.Add(samples.Count / 8);
            samples.AddRange(sound.Say(key, chance).Select(s => (short)Math.Round(s + Line.Noise(chance, -60))));
            samples.AddRange(new short[chance.Next(160)]); // the next one begins elsewhere in its packet
        }
        samples.AddRange(new short[1600]);
        using var encoder = VoiceCodecs.Encoder(codec);
        return KeyBooks.Of(dialled, starts, Carry(Packets([.. samples], encoder), loss));
    }

    /// <summary>What comes from a line of µ-law, in packets of 20 ms.</summary>
    public List<KeyPress> Carry(byte[] codes, int loss)
    {
        if (codec == AudioCodec.Pcmu) return Carry(codes.Chunk(Audio.FrameSamples), loss);
        var samples = new short[codes.Length];
        G711.Decode(AudioCodec.Pcmu, codes, samples);
        using var encoder = VoiceCodecs.Encoder(codec);
        return Carry(Packets(samples, encoder), loss);
    }

    IEnumerable<byte[]> Packets(short[] samples, IVoiceEncoder? encoder)
    {
        var payload = new byte[Audio.LongestPacket];
        for (var at = 0; at + Audio.FrameSamples <= samples.Length; at += Audio.FrameSamples)
        {
            var frame = samples.AsSpan(at, Audio.FrameSamples);
            if (encoder is null) G711.Encode(codec, frame, payload);
            yield return payload[..(encoder?.Encode(frame, payload) ?? frame.Length)];
        }
    }

    List<KeyPress> Carry(IEnumerable<byte[]> packets, int loss)
    {
        using var interpreter = Audio.IsLaw(codec) ? null : new Interpreter(codec, VoiceCodecs.Decoder(codec)!);
        var (n, now) = (0, 0L);
        var codes = new byte[Audio.LongestPacket];
        foreach (var payload in packets)
        {
            now = (n + 1) * Audio.FrameMs * Ms;
            var header = new RtpHeader(false, (byte)codec, (ushort)n, (uint)(n++ * Audio.FrameSamples), 7, RtpHeader.Size, payload.Length);
            if (chance.Next(100) < loss) continue;
            if (interpreter is null)
            {
                Hear(header, payload, codec, [], now);
                continue;
            }
            interpreter.Put(header, payload, now);
            while (interpreter.TryTell(now, codes, out var told, out var said)) Hear(told, codes.AsSpan(0, told.PayloadLength), AudioCodec.Pcmu, said, now);
        }
        if (keys.TryExpire(now + DtmfReceiver.Patience, out var last)) heard.Add(last);
        return heard;
    }

    void Hear(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec law, ReadOnlySpan<byte> said, long now)
    {
        if (keys.Take(header, payload, law, null, 0, now, out var press, said)) heard.Add(press);
    }
}
