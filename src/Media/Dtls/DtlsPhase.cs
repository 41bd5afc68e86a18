namespace CallCenter.Media.Dtls;

/// <summary>Who speaks first (RFC 5763 §5): <c>a=setup:active</c> is the client.</summary>
public enum DtlsRole
{
    Server,
    Client,
}

public enum DtlsPhase
{
    Handshaking,

    /// <summary>There are keys.</summary>
    Ready,

    /// <summary>There will be none: <see cref="DtlsFault"/>.</summary>
    Failed,

    /// <summary>The peer said that it is over (close_notify): its connection was closed, or its tab.</summary>
    Closed,
}

/// <summary>Why there are no keys.</summary>
public enum DtlsFault
{
    None,

    /// <summary>The peer's certificate is not the one that its session description named: somebody else answers, or is in between.</summary>
    WrongCertificate,

    /// <summary>No SRTP profile in common. The handshake itself succeeds then.</summary>
    NoProfile,

    /// <summary>It stopped answering.</summary>
    NoAnswer,

    /// <summary>A fatal alert of either side: no cipher in common, not DTLS.</summary>
    Refused,
}
