using CallCenter.Domain.Prompts;

namespace CallCenter.Contracts.Media;

/// <summary>Makes and keeps the sounds of prompts. Sounds are WAV files of 8 kHz, 16 bits and one channel, which is what calls play.</summary>
public interface IPromptStudio
{
    /// <summary>Ids of the prompts shipped with the product, in order.</summary>
    Items<string> Shipped { get; }

    /// <summary>Languages (BCP 47) in which texts are spoken; none where no engine is installed.</summary>
    Items<string> Languages { get; }

    /// <summary>Converts a WAV file that somebody sent, whatever it is.</summary>
    Task<PromptTake> Convert(ReadOnlyMemory<byte> file, CancellationToken stop = default);

    Task<PromptTake> Speak(string text, string language, CancellationToken stop = default);

    /// <summary>Stores a sound, sealed with the tenant's key.</summary>
    /// <returns>The name of the file (<see cref="PromptSettings.File"/>), another each time.</returns>
    Task<string> Keep(TenantId owner, string prompt, ReadOnlyMemory<byte> sound, CancellationToken stop = default);

    /// <summary>The stored sound; null if it is gone.</summary>
    Task<ReadOnlyMemory<byte>?> Open(TenantId owner, string prompt, string file, CancellationToken stop = default);

    /// <summary>The sound of a shipped prompt; null if there is none of that id.</summary>
    Task<ReadOnlyMemory<byte>?> OpenShipped(string prompt, string language, CancellationToken stop = default);

    /// <summary>Deletes a sound of a prompt; harmless twice.</summary>
    /// <param name="file">Null = all of them.</param>
    Task Delete(TenantId owner, string prompt, string? file, CancellationToken stop = default);
}

/// <summary>What became of a file or a text.</summary>
/// <param name="DurationMs">Length in ms, 1 to <see cref="PromptSettings.LongestMs"/>.</param>
/// <param name="Fault">Why there is no sound; null if there is one.</param>
public sealed record PromptTake(ReadOnlyMemory<byte> Sound, int DurationMs, string? Fault = null)
{
    public static PromptTake Refused(string fault) => new(default, 0, fault);
}
