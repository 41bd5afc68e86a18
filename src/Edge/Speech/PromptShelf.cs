using CallCenter.Contracts.Media;
using CallCenter.Domain.Prompts;

namespace CallCenter.Edge.Speech;

/// <summary>Where the sounds of tenants' own prompts lie: blobs, sealed with the tenant's key.</summary>
sealed class PromptShelf(IBlobs blobs, ITenantCipher cipher)
{
    public async Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string prompt, string file, CancellationToken stop = default) =>
        await blobs.Read(owner, PromptSettings.Blob(prompt, file), stop) is { } stored && cipher.TryDecrypt(owner, stored.Span, out var plain) ? plain : default(ReadOnlyMemory<byte>?); // a null array would be empty memory

    public async Task<string> Write(TenantId owner, string prompt, ReadOnlyMemory<byte> sound, CancellationToken stop = default)
    {
        var file = $"{Guid.NewGuid():n}";
        await blobs.Write(owner, PromptSettings.Blob(prompt, file), cipher.Encrypt(owner, sound.Span), stop);
        return file;
    }

    public async Task Delete(TenantId owner, string prompt, string? file, CancellationToken stop = default)
    {
        Items<string> gone = file is null ? await blobs.List(owner, PromptSettings.Folder(prompt), stop) : [PromptSettings.Blob(prompt, file)];
        foreach (var name in gone.AsEnumerable()) await blobs.Delete(owner, name, stop);
    }
}
