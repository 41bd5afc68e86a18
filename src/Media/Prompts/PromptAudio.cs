using CallCenter.Media.Codecs;

namespace CallCenter.Media.Prompts;

/// <summary>
/// A prompt or piece of music at 8 kHz, kept encoded in both laws, shared by all calls that play it: 16 kB a second.
/// Immutable; on the pinned heap, so that a collection never moves it.
/// </summary>
public sealed class PromptAudio
{
    readonly byte[] pcmu, pcma;

    PromptAudio(ReadOnlySpan<short> samples)
    {
        pcmu = GC.AllocateUninitializedArray<byte>(samples.Length, pinned: true);
        pcma = GC.AllocateUninitializedArray<byte>(samples.Length, pinned: true);
        G711.Encode(AudioCodec.Pcmu, samples, pcmu);
        G711.Encode(AudioCodec.Pcma, samples, pcma);
    }

    /// <summary>Length in samples, 8 per ms.</summary>
    public int Samples => pcmu.Length;

    public TimeSpan Duration => TimeSpan.FromMilliseconds((double)Samples / Audio.SamplesPerMs);

    public ReadOnlySpan<byte> Encoded(AudioCodec codec) => codec == AudioCodec.Pcmu ? pcmu : pcma;

    /// <summary>Resamples mono audio of any rate (<see cref="Resampler"/>) and encodes it.</summary>
    public static PromptAudio FromSamples(ReadOnlySpan<float> mono, int rate)
    {
        var at8k = rate == Audio.Rate ? mono : Resampler.Resample(mono, rate, Audio.Rate);
        var samples = new short[at8k.Length];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)Math.Clamp(MathF.Round(at8k[i] * 32768f), short.MinValue, short.MaxValue);
        return new(samples);
    }

    /// <summary>Reads a WAV file's bytes; false with a fault that tells why.</summary>
    public static bool TryFromWav(ReadOnlySpan<byte> file, out PromptAudio audio, out WavFault fault)
    {
        audio = Empty;
        if (!WavFile.TryRead(file, out var wav, out fault)) return false;
        audio = FromSamples(wav.Mono, wav.Rate);
        return true;
    }

    public static PromptAudio Empty { get; } = new([]);
}
