using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Media.Srtp;

/// <summary>An EVP_CIPHER_CTX that holds one key in one direction. Used by one thread at a time.</summary>
sealed unsafe class CipherContext : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <exception cref="CryptographicException">OpenSSL refused: it lacks the cipher.</exception>
    public CipherContext(nint cipher, ReadOnlySpan<byte> key, bool encrypts) : base(ownsHandle: true)
    {
        SetHandle(LibCrypto.ContextNew());
        fixed (byte* bytes = key)
        {
            if (IsInvalid || LibCrypto.CipherSetKey(handle, cipher, 0, bytes, null, encrypts ? 1 : 0) != 1) throw new CryptographicException("OpenSSL cannot do this cipher");
        }
        LibCrypto.ContextSetPadding(handle, 0);
    }

    /// <summary>Good as long as this object is held and not disposed of, both by the one thread that uses it: no count is kept per packet.</summary>
    public nint Raw => handle;

    protected override bool ReleaseHandle()
    {
        LibCrypto.ContextFree(handle); // it wipes the key
        return true;
    }
}
