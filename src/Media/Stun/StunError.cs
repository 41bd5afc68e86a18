namespace CallCenter.Media.Stun;

/// <summary>Why a request is refused (RFC 8489 §14.8, RFC 8445 §16.2).</summary>
enum StunError : ushort
{
    /// <summary>An attribute that must be understood is not.</summary>
    UnknownAttribute = 420,

    /// <summary>Both sides take themselves for controlled, or both for controlling.</summary>
    RoleConflict = 487,
}
