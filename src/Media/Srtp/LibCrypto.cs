using System.Runtime.InteropServices;

namespace CallCenter.Media.Srtp;

/// <summary>
/// The calls of OpenSSL 3 that a packet needs. .NET's own classes cost two to seven times as much for 160 bytes, and tell a wrong tag
/// by an exception. None of these blocks or calls back, and each takes well under 1 µs, so that they need no switch of the collector's mode.
/// </summary>
static unsafe partial class LibCrypto
{
    const string Library = "libcrypto.so.3";

    public const int ControlGetTag = 0x10, ControlSetTag = 0x11;

    /// <summary>SHA_CTX: five words of state, the count of bits, a block not yet full, and how full it is.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 96)]
    public struct Sha1State
    {
        public fixed uint Words[24];
    }

    [LibraryImport(Library, EntryPoint = "SHA1_Init"), SuppressGCTransition]
    public static partial int Sha1Init(Sha1State* state);

    [LibraryImport(Library, EntryPoint = "SHA1_Update"), SuppressGCTransition]
    public static partial int Sha1Update(Sha1State* state, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "SHA1_Final"), SuppressGCTransition]
    public static partial int Sha1Final(byte* digest, Sha1State* state);

    [LibraryImport(Library, EntryPoint = "EVP_aes_128_ecb")]
    public static partial nint Aes128Ecb();

    [LibraryImport(Library, EntryPoint = "EVP_aes_256_ecb")]
    public static partial nint Aes256Ecb();

    [LibraryImport(Library, EntryPoint = "EVP_aes_128_gcm")]
    public static partial nint Aes128Gcm();

    [LibraryImport(Library, EntryPoint = "EVP_aes_256_gcm")]
    public static partial nint Aes256Gcm();

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_new")]
    public static partial nint ContextNew();

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_set_padding")]
    public static partial int ContextSetPadding(nint context, int padding);

    [LibraryImport(Library, EntryPoint = "EVP_CipherInit_ex")]
    public static partial int CipherSetKey(nint context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    /// <summary>The same function for another IV under the same key.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_CipherInit_ex"), SuppressGCTransition]
    public static partial int CipherSetIv(nint context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    [LibraryImport(Library, EntryPoint = "EVP_CipherUpdate"), SuppressGCTransition]
    public static partial int CipherUpdate(nint context, byte* output, int* written, byte* input, int length);

    [LibraryImport(Library, EntryPoint = "EVP_CipherFinal_ex"), SuppressGCTransition]
    public static partial int CipherFinal(nint context, byte* output, int* written);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_ctrl"), SuppressGCTransition]
    public static partial int ContextControl(nint context, int what, int length, byte* data);
}
