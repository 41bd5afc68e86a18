using System.Runtime.InteropServices;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Playback;

/// <summary>How loud a recording is in time, both channels.</summary>
/// <param name="Seconds">The whole length.</param>
/// <param name="Left">The caller: the loudest sample of each stretch, of equal length, 0–100 %.</param>
/// <param name="Right">The other side.</param>
internal sealed record Waveform(double Seconds, Items<int> Left, Items<int> Right)
{
    /// <summary>Stretches, of whatever length: more than a wide screen has columns is not seen.</summary>
    public const int Most = 1_000;

    public static async Task<Results<Ok<Waveform>, ProblemHttpResult>> Get(Caller caller, string recording, IReports reports, Waveforms waveforms, CancellationToken stop) =>
        await reports.Recording(caller, recording, stop) is { } record && await waveforms.Of(caller.Tenant, record, stop) is { } drawn ? TypedResults.Ok(drawn) : Problems.NotFound("recording");

    /// <summary>Reads 16-bit stereo WAV with a head of 44 bytes, as <see cref="IRecordingReader"/> makes it, from its beginning.</summary>
    public static async Task<Waveform> Read(Stream wav, CancellationToken stop)
    {
        var head = new byte[Head];
        await wav.ReadExactlyAsync(head, stop);
        var rate = BitConverter.ToInt32(head, RateAt);
        var frames = (wav.Length - Head) / FrameSize;
        var stretch = Math.Max(1, (frames + Most - 1) / Most);
        var (left, right) = (new int[(int)((frames + stretch - 1) / stretch)], new int[(int)((frames + stretch - 1) / stretch)]);
        var block = new byte[BlockFrames * FrameSize];
        for (long at = 0; at < frames;)
        {
            var wanted = (int)Math.Min(BlockFrames, frames - at) * FrameSize;
            await wav.ReadExactlyAsync(block.AsMemory(0, wanted), stop);
            Measure(MemoryMarshal.Cast<byte, short>(block.AsSpan(0, wanted)), at, stretch, left, right);
            at += wanted / FrameSize;
        }
        return new(rate > 0 ? Math.Round((double)frames / rate, 3) : 0, left.Select(Percent).ToItems(), right.Select(Percent).ToItems());
    }

    private const int Head = 44, RateAt = 24, FrameSize = 4, BlockFrames = 16_384;

    private static void Measure(ReadOnlySpan<short> samples, long at, long stretch, int[] left, int[] right)
    {
        for (var i = 0; i < samples.Length; i += 2)
        {
            var column = (int)((at + i / 2) / stretch);
            left[column] = Math.Max(left[column], Math.Abs((int)samples[i]));
            right[column] = Math.Max(right[column], Math.Abs((int)samples[i + 1]));
        }
    }

    private static int Percent(int peak) => (peak * 100 + short.MaxValue / 2) / -short.MinValue;
}
