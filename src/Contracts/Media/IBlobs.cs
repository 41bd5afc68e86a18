namespace CallCenter.Contracts.Media;

/// <summary>Files: recordings, prompts. Names are relative paths of a–z, 0–9, "-", "." and "/", owner first.</summary>
public interface IBlobs
{
    /// <summary>Writes a whole file; it is there entirely or not at all.</summary>
    Task Write(TenantId owner, string name, ReadOnlyMemory<byte> content, CancellationToken stop = default);

    /// <summary>The whole file, or null.</summary>
    Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string name, CancellationToken stop = default);

    /// <summary>Names that begin so, in order.</summary>
    Task<Items<string>> List(TenantId owner, string prefix, CancellationToken stop = default);

    Task Delete(TenantId owner, string name, CancellationToken stop = default);
}

/// <summary>Encrypts and decrypts what belongs to one tenant (AES-256-GCM, a key per tenant).</summary>
public interface ITenantCipher
{
    /// <summary>Key id, nonce, tag and ciphertext in one.</summary>
    byte[] Encrypt(TenantId owner, ReadOnlySpan<byte> plain);

    /// <summary>False if it was not made with this tenant's key, or was changed.</summary>
    bool TryDecrypt(TenantId owner, ReadOnlySpan<byte> cipher, out byte[] plain);
}

/// <summary>Speaks texts.</summary>
public interface ISpeech
{
    /// <summary>A WAV file, or null if this engine cannot speak that language or is not there.</summary>
    Task<ReadOnlyMemory<byte>?> Speak(string text, string language, CancellationToken stop = default);

    /// <summary>The languages (BCP 47) that it speaks now; none where the engine is not installed.</summary>
    Items<string> Languages { get; }
}
