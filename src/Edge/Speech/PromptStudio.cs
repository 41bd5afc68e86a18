using CallCenter.Contracts.Media;
using CallCenter.Domain.Prompts;
using CallCenter.Media.Prompts;

namespace CallCenter.Edge.Speech;

/// <summary>Converts what people send or write into what calls play.</summary>
sealed class PromptStudio(IBlobs blobs, ITenantCipher cipher, ISpeech speech) : IPromptStudio, IDisposable
{
    readonly PromptShelf shelf = new(blobs, cipher);
    readonly ShippedPrompts shipped = new(ShippedPrompts.Folder);

    /// <summary>One file at a time: each takes up to 100 MB of memory and a second of a processor that also serves calls.</summary>
    readonly SemaphoreSlim free = new(1);

    public Items<string> Shipped => shipped.Ids;

    public Items<string> Languages => speech.Languages;

    public Task<PromptTake> Convert(ReadOnlyMemory<byte> file, CancellationToken stop = default) => Convert(file, isWhole: true, stop);

    /// <param name="isWhole">A file holds as much sound as it tells of. What an engine writes into a pipe does not: its head was written before the length was known.</param>
    async Task<PromptTake> Convert(ReadOnlyMemory<byte> file, bool isWhole, CancellationToken stop)
    {
        if (file.Length > PromptSettings.LargestFile) return PromptTake.Refused("is larger than 10 MB");
        await free.WaitAsync(stop);
        try
        {
            return await Task.Run(() => ConvertNow(file.Span, isWhole), stop);
        }
        finally
        {
            free.Release();
        }
    }

    public async Task<PromptTake> Speak(string text, string language, CancellationToken stop = default) =>
        await speech.Speak(text, language, stop) is { } spoken ? await Convert(spoken, isWhole: false, stop) : PromptTake.Refused("could not be spoken");

    public Task<string> Keep(TenantId owner, string prompt, ReadOnlyMemory<byte> sound, CancellationToken stop = default) => shelf.Write(owner, prompt, sound, stop);

    public Task<ReadOnlyMemory<byte>?> Open(TenantId owner, string prompt, string file, CancellationToken stop = default) => shelf.Read(owner, prompt, file, stop);

    public Task<ReadOnlyMemory<byte>?> OpenShipped(string prompt, string language, CancellationToken stop = default) => shipped.Read(prompt, language, stop);

    public Task Delete(TenantId owner, string prompt, string? file, CancellationToken stop = default) => shelf.Delete(owner, prompt, file, stop);

    static PromptTake ConvertNow(ReadOnlySpan<byte> file, bool isWhole)
    {
        if (!WavFile.TryRead(file, out var wav, out var fault)) return PromptTake.Refused(Why(fault));
        if (isWhole && wav.IsCut) return PromptTake.Refused("is cut off: it tells of more sound than it holds");
        if (wav.Mono.Length / (double)wav.Rate * 1000 > PromptSettings.LongestMs) return PromptTake.Refused("is longer than 10 minutes");
        var sound = PhoneWav.Of(wav);
        var length = PhoneWav.DurationMs(sound);
        return length < 1 ? PromptTake.Refused(Why(WavFault.NoData)) : new(sound, Math.Min(length, PromptSettings.LongestMs));
    }

    static string Why(WavFault fault) => fault switch
    {
        WavFault.NotWav => "is not a WAV file",
        WavFault.NoFormat => "is a WAV file that does not say its format",
        WavFault.UnknownFormat => "is a WAV file of a format that is not read here: save it as PCM",
        WavFault.BadFormat => "is a WAV file with a damaged format",
        _ => "holds no sound",
    };

    public void Dispose() => free.Dispose();
}
