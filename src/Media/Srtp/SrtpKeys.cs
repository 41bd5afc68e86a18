namespace CallCenter.Media.Srtp;

/// <summary>What both sides settled for one leg.</summary>
/// <param name="Ours">Secures what we send.</param>
/// <param name="Theirs">Secures what the peer sends.</param>
/// <param name="TheirLifetime">Packets after which the peer's key is worn out (RFC 4568 §6.1); at most <see cref="MaxLifetime"/>.</param>
public sealed record SrtpKeys(SrtpSuite Suite, SrtpMasterKey Ours, SrtpMasterKey Theirs, ulong TheirLifetime = SrtpKeys.MaxLifetime)
{
    /// <summary>RTP packets under one master key (RFC 3711 §9.2).</summary>
    public const ulong MaxLifetime = 1UL << 48;

    /// <summary>Whether packets are secured in the same way: a lifetime that is told anew begins no new stream, which would forget what was heard.</summary>
    public bool IsSame(SrtpKeys? other) => other is not null && Suite == other.Suite && Ours.Equals(other.Ours) && Theirs.Equals(other.Theirs);
}
