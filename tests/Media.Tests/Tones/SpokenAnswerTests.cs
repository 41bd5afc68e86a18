using System.Diagnostics;
using CallCenter.Media.Codecs;
using CallCenter.Media.Prompts;
using CallCenter.Media.Tests.Dtmf;
using CallCenter.Media.Tones;

namespace CallCenter.Media.Tests.Tones;

/// <summary>Answers as people and machines give them, spoken by espeak-ng in ten voices, over a G.711 line with noise.</summary>
public sealed class SpokenAnswerTests(ITestOutputHelper output)
{
    static readonly string[] voices = ["en-us+m1", "en-us+m2", "en-us+m3", "en-gb+m4", "en-gb+m5", "en-us+f1", "en-us+f2", "en-us+f3", "en-gb+f4", "en-gb+f5"];

    static readonly string[] people =
    [
        "Hello?", "Yes?", "Hello, Smith speaking.", "Yeah, hello?", "Hello, this is Anna.", "Good morning.", "Hi, who is calling?", "Hallo? Who is there?",
        "Acme services, good morning.", "Hello, Acme services, Mary speaking.",
    ];

    static readonly string[] machines =
    [
        "Hi, you have reached the Smiths. We are not at home right now. Please leave a message after the tone.",
        "The person you are calling is not available. Please try again later.",
        "This is the voicemail of five five five, zero one two three. Please leave your message after the beep.",
        "Hello, this is John. I can't come to the phone right now. Leave me a message.",
        "Thank you for calling Acme services. Our office is closed. Our opening hours are Monday to Friday, nine to five.",
        "The number you have dialled has not been recognised. Please check the number and dial again.",
        "Please hold. Your call is important to us and will be answered shortly.",
        "Sorry, the mailbox is full. Goodbye.",
        "Hi, it's Mary. Leave a message.",
        "Welcome to the messaging service. The subscriber cannot take your call.",
    ];

    /// <summary>Some of each, every time.</summary>
    [Fact]
    public void People_are_told_from_machines_in_ten_voices() => Tell(3);

    [Fact, Trait("Speed", "Long")]
    public void Whatever_people_and_machines_say_is_told_apart_in_ten_voices() => Tell(people.Length);

    void Tell(int texts)
    {
        var (right, all) = (0, 0);
        List<double> seconds = [];
        foreach (var (voice, at) in voices.Select((v, i) => (v, i)))
        {
            var persons = people.Take(texts).Select((text, i) => Judge(voice, 130 + 10 * ((at + i) % 6), text, beeps: false, seconds)).ToArray();
            var recorded = machines.Take(texts).Select((text, i) => Judge(voice, 130 + 10 * ((at + i) % 6), text, beeps: i % 2 == 0, seconds)).ToArray();
            var (p, m) = (persons.Count(g => g.By == Answerer.Person), recorded.Count(g => g.By == Answerer.Machine));
            output.WriteLine($"{voice}: people {p} of {texts} (confidence {persons.Average(g => g.Confidence):f2}), machines {m} of {texts} (confidence {recorded.Average(g => g.Confidence):f2})");
            (right, all) = (right + p + m, all + 2 * texts);
        }
        seconds.Sort();
        output.WriteLine($"{right} of {all} right; judged after {seconds[seconds.Count / 2]:f1} s in the median, {seconds[^1]:f1} s at most");
        Assert.InRange((double)right / all, 0.9, 1);
    }

    /// <summary>Half a second after the answer it is said; behind a person's words there is nothing but the line for as long as anybody listens.</summary>
    static AnswerGuess Judge(string voice, int pace, string text, bool beeps, List<double> seconds)
    {
        var chance = new Random(pace);
        IEnumerable<double> beep = beeps ? Enumerable.Range(0, 3200).Select(i => KeySound.Amplitude(-12) * Math.Sin(2 * Math.PI * 1000 * i / 8000)) : [];
        var codes = Line.Carry([.. new double[4000], .. Speak(voice, pace, text), .. new double[beeps ? 4000 : 0], .. beep, .. new double[8 * Audio.Rate]], AudioCodec.Pcmu, chance, noise: -55);
        var classifier = default(AnswerClassifier);
        var frame = new float[Audio.FrameSamples];
        for (var n = 0; (n + 1) * frame.Length <= codes.Length; n++)
        {
            LinearTable.Decode(AudioCodec.Pcmu, codes.AsSpan(n * frame.Length, frame.Length), frame);
            if (!classifier.Take(ToneMeter.Measure(frame), frame.Length, out var guess)) continue;
            seconds.Add((n + 1) / 50.0);
            return guess;
        }
        throw new InvalidOperationException("it never made up its mind");
    }

    /// <summary>At 8 kHz and about −20 dBm0.</summary>
    static double[] Speak(string voice, int pace, string text)
    {
        using var engine = Process.Start(new ProcessStartInfo("espeak-ng", ["-v", voice, "-s", $"{pace}", "--stdout", text]) { RedirectStandardOutput = true })!;
        using var file = new MemoryStream();
        engine.StandardOutput.BaseStream.CopyTo(file);
        Assert.True(WavFile.TryRead(file.ToArray(), out var wav, out var fault), $"{voice}: {fault}");
        var sound = Resampler.Resample(wav.Mono, wav.Rate, Audio.Rate).Select(s => (double)s).ToArray();
        var gain = KeySound.Amplitude(-20) / Math.Sqrt(2) / Math.Sqrt(sound.Where(s => Math.Abs(s) > 0.01).DefaultIfEmpty(1).Average(s => s * s));
        return [.. sound.Select(s => s * gain)];
    }
}
