using System.Runtime.InteropServices;

namespace CallCenter.Media.Dtls;

/// <summary>The system's OpenSSL 3, as far as a DTLS handshake needs it. What C has as macros is called by its number (ssl.h, bio.h); without the library DTLS is not spoken.</summary>
static unsafe partial class LibSsl
{
    const string Ssl = "libssl.so.3", Crypto = "libcrypto.so.3";

    public const int WantRead = 2, ZeroReturn = 6;

    /// <summary>SSL_VERIFY_PEER, SSL_VERIFY_FAIL_IF_NO_PEER_CERT.</summary>
    public const int VerifyPeer = 1, VerifyMustExist = 2;

    public const ulong NoQueryMtu = 1 << 12, NoTicket = 1 << 14, NoRenegotiation = 1 << 30;
    public const int SetMtu = 17, SetMode = 33, SetSessionCache = 44, SetMostSent = 52, HandleTimeout = 74, SetLeastVersion = 123;
    public const int ReleaseBuffers = 16, CacheOff = 0, Dtls12 = 0xFEFD, EllipticKey = 408, BioReset = 1, BioInfo = 3, CertificateRejected = 28;

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Ssl, out _) && NativeLibrary.TryLoad(Crypto, out _);

    [LibraryImport(Ssl, EntryPoint = "DTLS_method")]
    public static partial nint Method();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial nint ContextNew(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions(SslContextHandle context, ulong options);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(SslContextHandle context, int what, nint value, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetCiphers(SslContextHandle context, string ciphers);

    /// <summary>0 on success, unlike all others.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_tlsext_use_srtp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextUseSrtp(SslContextHandle context, string profiles);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate_ASN1")]
    public static partial int ContextUseCertificate(SslContextHandle context, int length, byte* der);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_ASN1")]
    public static partial int ContextUseKey(int type, SslContextHandle context, byte* der, nint length);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(SslContextHandle context, int mode, nint callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cert_verify_callback")]
    public static partial void ContextSetVerifyCallback(SslContextHandle context, delegate* unmanaged[Cdecl]<nint, nint, int> callback, nint argument);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial nint New(SslContextHandle context);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    /// <summary>The session owns both from then on.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(SslHandle ssl, nint input, nint output);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_accept_state")]
    public static partial void BeServer(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_connect_state")]
    public static partial void BeClient(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(SslHandle ssl, int what, nint value, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "DTLS_set_timer_cb")]
    public static partial void SetTimer(SslHandle ssl, delegate* unmanaged[Cdecl]<nint, uint, uint> callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_read")]
    public static partial int Read(SslHandle ssl, byte* room, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_error")]
    public static partial int GetError(SslHandle ssl, int result);

    /// <summary>SRTP_PROTECTION_PROFILE: a name, then the number; null where none was agreed on.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_get_selected_srtp_profile")]
    public static partial SrtpProfile* SelectedProfile(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_export_keying_material")]
    public static partial int ExportKeys(SslHandle ssl, byte* room, nuint length, byte* label, nuint labelLength, byte* context, nuint contextLength, int useContext);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint BioMemory();

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Crypto, EntryPoint = "BIO_write")]
    public static partial int BioWrite(nint bio, byte* data, int length);

    [LibraryImport(Crypto, EntryPoint = "BIO_read")]
    public static partial int BioRead(nint bio, byte* room, int length);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl")]
    public static partial nint BioControl(nint bio, int what, nint value, byte** pointer);

    [LibraryImport(Crypto, EntryPoint = "X509_STORE_CTX_get0_cert")]
    public static partial nint StoreGetCertificate(nint store);

    [LibraryImport(Crypto, EntryPoint = "X509_STORE_CTX_set_error")]
    public static partial void StoreSetError(nint store, int error);

    [LibraryImport(Crypto, EntryPoint = "X509_digest")]
    public static partial int CertificateDigest(nint certificate, nint digest, byte* room, uint* length);

    [LibraryImport(Crypto, EntryPoint = "EVP_sha256")]
    public static partial nint Sha256();

    [LibraryImport(Crypto, EntryPoint = "EVP_sha384")]
    public static partial nint Sha384();

    [LibraryImport(Crypto, EntryPoint = "EVP_sha512")]
    public static partial nint Sha512();

    [StructLayout(LayoutKind.Sequential)]
    public struct SrtpProfile
    {
        public byte* Name;
        public nuint Number;
    }
}

/// <summary>An SSL_CTX.</summary>
sealed class SslContextHandle : SafeHandle
{
    public SslContextHandle() : base(0, ownsHandle: true) => SetHandle(LibSsl.ContextNew(LibSsl.Method()));

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibSsl.ContextFree(handle); // sessions made from it hold it by a count of their own
        return true;
    }
}

/// <summary>An SSL, with the two buffers that it reads from and writes to.</summary>
sealed class SslHandle : SafeHandle
{
    public SslHandle(SslContextHandle context) : base(0, ownsHandle: true)
    {
        SetHandle(LibSsl.New(context));
        if (IsInvalid) return;
        (Input, Output) = (LibSsl.BioNew(LibSsl.BioMemory()), LibSsl.BioNew(LibSsl.BioMemory()));
        LibSsl.SetBio(this, Input, Output);
    }

    public nint Input { get; }
    public nint Output { get; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibSsl.Free(handle);
        return true;
    }
}
