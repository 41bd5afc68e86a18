using CallCenter.Media.Stun;

namespace CallCenter.Media.Ice;

/// <summary>
/// The lite side of ICE (RFC 8445 §2.5), always the controlled one: it gathers nothing and checks nothing, but answers the peer's checks and
/// uses the path that the peer nominates. Pure: bytes and time come in, answers and changes go out. Used by one thread at a time.
/// <para>
/// A check counts only if it was made with our password; whatever else comes is not answered at all, so that a stranger gets nothing, however
/// little, and no third party is sent anything on a stranger's behalf. A STUN error for him (RFC 8489 §9.1.3) would be longer than his request may be.
/// </para>
/// <para>
/// Which path is used: 1 the first nominated; 2 then whichever is nominated later, by a peer that nominates on purpose; 3 by one that nominates with every
/// check (RFC 5245 §8.1.1.2), that of the highest priority; 4 if the path in use has fallen silent, another one that is nominated, or
/// that the same candidate now has: a NAT gave it a new address; 5 after a restart the first that is nominated with the new credentials: until
/// then the former ones and their path stay good (RFC 8445 §9).
/// </para>
/// </summary>
sealed class IceAgent(IceCredentials ours, IceTimers timers)
{
    /// <summary>Room that an answer needs.</summary>
    public const int LongestAnswer = 128;

    IceGeneration current = new(ours);
    IceGeneration? next;
    KnownPaths known;
    IcePath selected;
    uint selectedPriority;
    long heardAt, resumesAfter;
    bool begun, lost;

    /// <summary>What the last session description of ours says.</summary>
    public IceCredentials Ours => (next ?? current).Ours;

    /// <summary>Where the peer is sent to; none before a nomination.</summary>
    public IcePath Selected => selected;

    /// <summary>There is a path, and the peer still shows that it wants to be sent to.</summary>
    public bool MaySend => !selected.IsNone && !lost;

    /// <summary>Offer and answer are exchanged: the peer will check from now on.</summary>
    /// <param name="now">ns, as everywhere here.</param>
    public void Begin(long now)
    {
        if (begun) return;
        (begun, heardAt) = (true, now);
    }

    /// <summary>New credentials, since the peer's changed or ours shall (RFC 8839 §4.4.1.1.1).</summary>
    public void Restart(IceCredentials renewed) => next = new(renewed);

    /// <summary>Whether the peer has proved itself on this path: it may speak there before it nominates, and for a while after it nominated another (RFC 8445 §12.2).</summary>
    public bool IsKnown(in IcePath from) => from == selected ? !from.IsNone : known.Contains(from);

    /// <summary>Something that only the peer can have sent, and no check, came along the path in use: a sign of life for peers that check no more once connected.</summary>
    public void Heard(long now) => heardAt = now;

    /// <summary>A datagram that is meant as STUN.</summary>
    /// <param name="answer">At least <see cref="LongestAnswer"/>.</param>
    public IceStep Take(ReadOnlySpan<byte> datagram, in IcePath from, long now, Span<byte> answer)
    {
        if (!StunMessage.TryRead(datagram, out var message) || !IceCheck.TryOf(message, out var check)) return default;
        if (Asked(check.Target) is not { } generation || !message.IsIntact(generation.Key)) return default;
        if (!check.Unknown.IsEmpty) return new(Refuse(message, StunError.UnknownAttribute, check.Unknown, generation, answer), IceChange.None);
        if (check.IsFromControlled) return new(Refuse(message, StunError.RoleConflict, [], generation, answer), IceChange.None); // a lite side never takes control of a full one (RFC 8445 §6.1.1)
        var change = Note(generation, check, from, now);
        return new(Accept(message, from, generation, answer), change);
    }

    /// <summary>Time passes: whether the peer fell silent or came back.</summary>
    public IceChange Tick(long now)
    {
        if (!begun) return IceChange.None;
        if (lost)
        {
            if (heardAt <= resumesAfter || selected.IsNone) return IceChange.None;
            lost = false;
            return IceChange.Resumed;
        }
        if (now - heardAt < Nanoseconds(selected.IsNone ? timers.Start : timers.Consent)) return IceChange.None;
        (lost, resumesAfter) = (true, heardAt);
        return IceChange.Lost;
    }

    IceGeneration? Asked(ReadOnlySpan<byte> target) => next is not null && next.Is(target) ? next : current.Is(target) ? current : null;

    IceChange Note(IceGeneration generation, in IceCheck check, in IcePath from, long now)
    {
        generation.NominatesOnPurpose |= !check.Nominates;
        known.Note(from, selected, now);
        if (Wins(generation, check, from, now))
        {
            (selected, selectedPriority, heardAt, lost) = (from, check.Priority, now, false);
            if (generation == next) (current, next) = (next, null);
            return IceChange.Selected;
        }
        if (from == selected) heardAt = now;
        return IceChange.None;
    }

    bool Wins(IceGeneration generation, in IceCheck check, in IcePath from, long now)
    {
        if (generation == next) return check.Nominates;
        if (from == selected) return false;
        var isSilent = now - heardAt >= Nanoseconds(timers.Settle);
        if (!check.Nominates) return isSilent && !selected.IsNone && check.Priority == selectedPriority;
        return selected.IsNone || generation.NominatesOnPurpose || isSilent || check.Priority >= selectedPriority;
    }

    static int Accept(in StunMessage check, in IcePath from, IceGeneration generation, Span<byte> answer)
    {
        var writer = new StunWriter(answer, StunType.BindingSuccess, check.Transaction);
        writer.AddMapped(from.Peer);
        return Finish(ref writer, generation);
    }

    static int Refuse(in StunMessage check, StunError error, ReadOnlySpan<StunAttribute> unknown, IceGeneration generation, Span<byte> answer)
    {
        var writer = new StunWriter(answer, StunType.BindingError, check.Transaction);
        writer.AddError(error);
        if (!unknown.IsEmpty) writer.AddUnknown(unknown);
        return Finish(ref writer, generation);
    }

    static int Finish(ref StunWriter writer, IceGeneration generation)
    {
        writer.Sign(generation.Key);
        writer.AddFingerprint();
        return writer.Length;
    }

    static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
