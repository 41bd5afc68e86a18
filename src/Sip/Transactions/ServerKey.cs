using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transactions;

/// <summary>What matches a request to its server transaction (RFC 3261 §17.2.3): branch, sent-by and method; without the magic cookie, what RFC 2543 clients keep the same.</summary>
readonly struct ServerKey : IEquatable<ServerKey>
{
    readonly SipRequest request;
    readonly SipMethod method;
    readonly int hash;

    ServerKey(SipRequest request, SipMethod method)
    {
        this.request = request;
        this.method = method;
        var code = new HashCode();
        if (IsUnique(request)) code.AddBytes(request.Via.Branch);
        else code.AddBytes(request.CallId);
        code.Add((byte)method);
        hash = code.ToHashCode();
    }

    /// <summary>An ACK belongs to the transaction of its INVITE.</summary>
    public static ServerKey Of(SipRequest request) => new(request, request.Method == SipMethod.Ack ? SipMethod.Invite : request.Method);

    /// <summary>The INVITE that a CANCEL means (§9.2).</summary>
    public static ServerKey CancelledBy(SipRequest cancel) => new(cancel, SipMethod.Invite);

    /// <summary>The bare cookie, as torture messages have it, is no branch.</summary>
    static bool IsUnique(SipRequest request) => request.Via.HasMagicCookie && request.Via.Branch.Length > Via.MagicCookie.Length;

    public bool Equals(ServerKey other)
    {
        if (hash != other.hash || method != other.method) return false;
        ref readonly var ours = ref request.Via;
        ref readonly var theirs = ref other.request.Via;
        if (method == SipMethod.Other && !request.MethodText.SequenceEqual(other.request.MethodText)) return false;
        if (IsUnique(request))
            return ours.Branch.SequenceEqual(theirs.Branch) && ours.Port == theirs.Port && System.Text.Ascii.EqualsIgnoreCase(ours.Host, theirs.Host);
        return !IsUnique(other.request) && ours.Text.SequenceEqual(theirs.Text) && request.CallId.SequenceEqual(other.request.CallId)
            && request.CSeq.Number == other.request.CSeq.Number && request.From.Tag.SequenceEqual(other.request.From.Tag) && request.Uri.Text.SequenceEqual(other.request.Uri.Text);
    }

    public override bool Equals(object? obj) => obj is ServerKey other && Equals(other);
    public override int GetHashCode() => hash;
}

/// <summary>What tells the same request that came on two ways (RFC 3261 §8.2.2.2): From tag, Call-ID and CSeq, where To has no tag yet.</summary>
readonly struct MergeKey : IEquatable<MergeKey>
{
    readonly SipRequest request;
    readonly int hash;

    public MergeKey(SipRequest request)
    {
        this.request = request;
        var code = new HashCode();
        code.AddBytes(request.CallId);
        code.Add(request.CSeq.Number);
        hash = code.ToHashCode();
    }

    public bool Equals(MergeKey other) => hash == other.hash && request.CSeq == other.request.CSeq
        && request.CallId.SequenceEqual(other.request.CallId) && request.From.Tag.SequenceEqual(other.request.From.Tag) && request.MethodText.SequenceEqual(other.request.MethodText);

    public override bool Equals(object? obj) => obj is MergeKey other && Equals(other);
    public override int GetHashCode() => hash;
}
