using System.Collections.Concurrent;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>A studio for which any file of the letters "WAV" is a sound of 1 s, and which speaks English.</summary>
internal sealed class MemoryStudio : IPromptStudio
{
    private int made;

    public ConcurrentDictionary<(TenantId Owner, string Prompt, string File), byte[]> Files { get; } = new();

    public Items<string> Shipped => ["greeting", "music", "wrong-key"];

    public Items<string> Languages { get; set; } = ["en"];

    public Task<PromptTake> Convert(ReadOnlyMemory<byte> file, CancellationToken stop = default) =>
        Task.FromResult(file.Span.StartsWith("WAV"u8) ? new PromptTake(file, 1000) : PromptTake.Refused("is not a WAV file"));

    public Task<PromptTake> Speak(string text, string language, CancellationToken stop = default) =>
        Task.FromResult(new PromptTake(System.Text.Encoding.UTF8.GetBytes($"WAV {language} {text}"), 2000));

    public Task<string> Keep(TenantId owner, string prompt, ReadOnlyMemory<byte> sound, CancellationToken stop = default)
    {
        var file = $"f{Interlocked.Increment(ref made)}";
        Files[(owner, prompt, file)] = sound.ToArray();
        return Task.FromResult(file);
    }

    public Task<ReadOnlyMemory<byte>?> Open(TenantId owner, string prompt, string file, CancellationToken stop = default) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(Files.TryGetValue((owner, prompt, file), out var sound) ? sound : default(ReadOnlyMemory<byte>?));

    public Task<ReadOnlyMemory<byte>?> OpenShipped(string prompt, string language, CancellationToken stop = default) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(Shipped.Contains(prompt) ? "WAV shipped"u8.ToArray() : default(ReadOnlyMemory<byte>?));

    public Task Delete(TenantId owner, string prompt, string? file, CancellationToken stop = default)
    {
        foreach (var key in Files.Keys)
            if (key.Owner == owner && key.Prompt == prompt && (file is null || key.File == file)) Files.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
