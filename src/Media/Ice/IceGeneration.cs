using System.Text;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Ice;

/// <summary>What belongs to one set of credentials of ours: checks of a restarted session come with others (RFC 8445 §9).</summary>
sealed class IceGeneration(IceCredentials ours)
{
    readonly byte[] fragment = Encoding.ASCII.GetBytes(ours.Fragment);

    public IceCredentials Ours => ours;

    /// <summary>Of the checks that come, and of our answers: our own password both times (RFC 8489 §9.1).</summary>
    public HmacSha1 Key { get; } = new(Encoding.ASCII.GetBytes(ours.Password));

    /// <summary>The peer checks without nominating: it nominates on purpose, and its last nomination is what it wants.</summary>
    public bool NominatesOnPurpose { get; set; }

    public bool Is(ReadOnlySpan<byte> target) => target.SequenceEqual(fragment);
}
