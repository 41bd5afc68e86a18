using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Dtls;

/// <summary>
/// One handshake of DTLS (RFC 6347) that makes keys for SRTP (RFC 5764). It has no socket: what came is given to <see cref="Feed"/>, what must leave is
/// taken by <see cref="TryTake"/> after every call. One thread at a time; no call is held over an await, since OpenSSL keeps its errors by thread.
/// </summary>
public sealed unsafe class DtlsSession : IDisposable
{
    /// <summary>Bytes of a datagram that we send: fits wherever IPv6 does, tunnels included.</summary>
    public const int Mtu = 1200;

    const int LongestRead = 2048;

    /// <summary>RFC 5764 §4.2.</summary>
    static ReadOnlySpan<byte> Label => "EXTRACTOR-dtls_srtp"u8;

    /// <summary>Whose call into OpenSSL this thread is in: its callbacks belong to that one.</summary>
    [ThreadStatic]
    static DtlsSession? running;

    readonly IReadOnlyList<DtlsFingerprint> expected;
    readonly DtlsTimers timers;
    readonly SslHandle ssl;
    bool wrongCertificate;

    /// <param name="expected">The peer's certificate must have one of these.</param>
    /// <exception cref="CryptographicException">OpenSSL has no memory left.</exception>
    public DtlsSession(DtlsIdentity identity, DtlsRole role, IReadOnlyList<DtlsFingerprint> expected, DtlsTimers timers)
    {
        (Role, this.expected, this.timers) = (role, expected, timers);
        ssl = new(identity.Context);
        if (ssl.IsInvalid) throw new CryptographicException("OpenSSL makes no session");
        LibSsl.Control(ssl, LibSsl.SetMtu, Mtu, 0);
        LibSsl.SetTimer(ssl, &NextTimeout);
        if (role == DtlsRole.Client) LibSsl.BeClient(ssl);
        else LibSsl.BeServer(ssl);
    }

    public DtlsRole Role { get; }

    public DtlsPhase Phase { get; private set; }

    public DtlsFault Fault { get; private set; }

    /// <summary>From <see cref="DtlsPhase.Ready"/> on.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>The client has said its first word.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The client's first word; the server has none.</summary>
    public void Start()
    {
        if (Role != DtlsRole.Client || HasStarted) return;
        HasStarted = true;
        Drive();
    }

    /// <summary>A datagram of the peer's, whole. What is not DTLS, comes twice or late is passed over.</summary>
    public void Feed(ReadOnlySpan<byte> datagram)
    {
        if (Phase is DtlsPhase.Failed or DtlsPhase.Closed || !DtlsRecords.IsRecord(datagram)) return;
        fixed (byte* data = datagram) LibSsl.BioWrite(ssl.Input, data, datagram.Length);
        Drive();
        LibSsl.BioControl(ssl.Input, LibSsl.BioReset, 0, null); // it was read whole, or the session is over
    }

    /// <summary>Now and then: sends a flight again that was not answered in time.</summary>
    public void Tick()
    {
        if (Phase != DtlsPhase.Handshaking) return;
        Enter();
        if (LibSsl.Control(ssl, LibSsl.HandleTimeout, 0, 0) < 0) Fail(DtlsFault.NoAnswer);
        running = null;
    }

    /// <summary>Tells the peer that it is over.</summary>
    public void Close()
    {
        if (Phase != DtlsPhase.Ready) return;
        Enter();
        LibSsl.Shutdown(ssl);
        running = null;
        Phase = DtlsPhase.Closed;
    }

    /// <summary>The next datagram that must leave; false: there is none now.</summary>
    /// <param name="room"><see cref="Mtu"/> bytes at least.</param>
    public bool TryTake(Span<byte> room, out int length)
    {
        byte* waiting;
        length = (int)LibSsl.BioControl(ssl.Output, LibSsl.BioInfo, 0, &waiting);
        if (length <= 0) return false;
        length = Math.Min(DtlsRecords.Fit(new(waiting, length), Math.Min(room.Length, Mtu)), room.Length);
        fixed (byte* to = room) length = LibSsl.BioRead(ssl.Output, to, length);
        return length > 0;
    }

    public void Dispose() => ssl.Dispose();

    /// <summary>An error that another session left on this thread would make an idle read fail.</summary>
    void Enter()
    {
        running = this;
        LibSsl.ClearErrors();
    }

    void Drive()
    {
        Enter();
        if (Phase == DtlsPhase.Handshaking) Shake();
        if (Phase == DtlsPhase.Ready) Read();
        running = null;
    }

    void Shake()
    {
        var result = LibSsl.DoHandshake(ssl);
        if (result == 1) Finish();
        else if (LibSsl.GetError(ssl, result) != LibSsl.WantRead) Fail(wrongCertificate ? DtlsFault.WrongCertificate : DtlsFault.Refused);
    }

    /// <summary>Nothing is said here but alerts; the last flight, if the peer asks for it again, is repeated by the reading.</summary>
    void Read()
    {
        var scratch = stackalloc byte[LongestRead];
        int result;
        do result = LibSsl.Read(ssl, scratch, LongestRead);
        while (result > 0);
        var why = LibSsl.GetError(ssl, result);
        if (why == LibSsl.ZeroReturn) Phase = DtlsPhase.Closed;
        else if (why != LibSsl.WantRead) Fail(DtlsFault.Refused);
    }

    void Finish()
    {
        var selected = LibSsl.SelectedProfile(ssl);
        if (selected is null || DtlsProfile.Find((int)selected->Number) is not { } profile || Export(profile.Suite) is not { } keys)
        {
            LibSsl.Shutdown(ssl);
            Fail(DtlsFault.NoProfile);
        }
        else (Phase, Keys) = (DtlsPhase.Ready, keys);
    }

    /// <summary>Client's key, server's key, client's salt, server's salt (RFC 5764 §4.2).</summary>
    SrtpKeys? Export(SrtpSuite suite)
    {
        Span<byte> material = stackalloc byte[2 * suite.MasterSize], client = stackalloc byte[suite.MasterSize], server = stackalloc byte[suite.MasterSize];
        fixed (byte* room = material)
        fixed (byte* label = Label)
        {
            if (LibSsl.ExportKeys(ssl, room, (nuint)material.Length, label, (nuint)Label.Length, null, 0, 0) != 1) return null;
        }
        var (key, salt) = (suite.KeySize, suite.SaltSize);
        material[..key].CopyTo(client);
        material.Slice(key, key).CopyTo(server);
        material.Slice(2 * key, salt).CopyTo(client[key..]);
        material.Slice(2 * key + salt, salt).CopyTo(server[key..]);
        SrtpMasterKey.TryOf(suite, Role == DtlsRole.Client ? client : server, out var ours);
        SrtpMasterKey.TryOf(suite, Role == DtlsRole.Client ? server : client, out var theirs);
        CryptographicOperations.ZeroMemory(material);
        CryptographicOperations.ZeroMemory(client);
        CryptographicOperations.ZeroMemory(server);
        return new(suite, ours!, theirs!);
    }

    void Fail(DtlsFault why) => (Phase, Fault, Keys) = (DtlsPhase.Failed, why, null);

    /// <summary>In place of the check against authorities: there are none, only what the session description said.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Verify(nint store, nint unused)
    {
        var certificate = LibSsl.StoreGetCertificate(store);
        if (running is { } session && certificate != 0)
        {
            foreach (var fingerprint in session.expected)
                if (fingerprint.Fits(certificate)) return 1;
            session.wrongCertificate = true;
        }
        LibSsl.StoreSetError(store, LibSsl.CertificateRejected);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static uint NextTimeout(nint ssl, uint last) => (running?.timers ?? DtlsTimers.Usual).Next(last);
}
