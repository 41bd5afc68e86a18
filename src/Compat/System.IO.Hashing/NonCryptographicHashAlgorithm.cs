using System.Buffers;

namespace System.IO.Hashing;

/// <summary>A hash that finds accidental changes, not deliberate ones. The surface is that of the package of this name.</summary>
public abstract class NonCryptographicHashAlgorithm
{
    private const int StreamBuffer = 4096;

    /// <param name="hashLengthInBytes">Length of the hash; at least 1.</param>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    public int HashLengthInBytes { get; }

    public abstract void Append(ReadOnlySpan<byte> source);

    public abstract void Reset();

    /// <summary>Writes exactly <see cref="HashLengthInBytes"/> bytes and leaves the state as it is.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(source.AsSpan());
    }

    /// <summary>Appends everything up to the end of the stream.</summary>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = ArrayPool<byte>.Shared.Rent(StreamBuffer);
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;) Append(buffer.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public async Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = ArrayPool<byte>.Shared.Rent(StreamBuffer);
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) Append(buffer.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public byte[] GetCurrentHash()
    {
        var hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    public int GetCurrentHash(Span<byte> destination) => TryGetCurrentHash(destination, out var written) ? written : throw TooShort();

    public bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        if (destination.Length < HashLengthInBytes) return false;
        GetCurrentHashCore(destination[..HashLengthInBytes]);
        bytesWritten = HashLengthInBytes;
        return true;
    }

    public byte[] GetHashAndReset()
    {
        var hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    public int GetHashAndReset(Span<byte> destination) => TryGetHashAndReset(destination, out var written) ? written : throw TooShort();

    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        if (destination.Length < HashLengthInBytes) return false;
        GetHashAndResetCore(destination[..HashLengthInBytes]);
        bytesWritten = HashLengthInBytes;
        return true;
    }

    private static ArgumentException TooShort() => new("The destination is too short for the hash", "destination");
}
