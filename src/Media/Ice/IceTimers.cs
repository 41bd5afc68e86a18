namespace CallCenter.Media.Ice;

/// <summary>How long an ICE agent waits.</summary>
/// <param name="Start">For the first nomination, from <see cref="IceAgent.Begin"/> on.</param>
/// <param name="Consent">For a sign of life of the peer, until nothing more may be sent (RFC 7675 §5.1).</param>
/// <param name="Settle">Of silence on the path in use, until one that the peer did not nominate above it may take its place.</param>
sealed record IceTimers(TimeSpan Start, TimeSpan Consent, TimeSpan Settle)
{
    public static readonly IceTimers Rfc = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));
}
