namespace CallCenter.Contracts.Access;

/// <summary>
/// Who did what, in the order in which it was done. Every write of the configuration stands in it by itself, in the same transaction; sign-ins and
/// whatever else concerns rights is added here. It only grows: no entry is ever changed or removed, the database itself refuses it, and a chain of hashes tells it.
/// </summary>
public interface IAuditLog
{
    Task Add(AuditEntry entry, CancellationToken stop = default);

    /// <summary>Entries of an owner's log, newest first.</summary>
    /// <param name="limit">1–1000.</param>
    Task<Page<AuditRecord>> Read(TenantId owner, AuditFilter filter, string? cursor, int limit, CancellationToken stop = default);

    /// <summary>One entry with what stood there before and after; null if the owner's log has none of this number.</summary>
    Task<AuditRecord?> Find(TenantId owner, long number, CancellationToken stop = default);

    /// <summary>Whether the entries are those that were written, each linked to the one before by a hash; looks at every one.</summary>
    /// <param name="from">The number of the first entry that is looked at; null = the oldest.</param>
    /// <param name="to">That of the last one; null = the newest.</param>
    Task<AuditVerification> Verify(TenantId owner, long? from = null, long? to = null, CancellationToken stop = default);
}

/// <summary>What was done. Stored as a word.</summary>
public enum AuditAction
{
    Changed, Removed,
    SignedIn, SignInFailed, LockedOut, SignedOut, SessionsEnded,
    PasswordChanged, PasswordResetAsked, PasswordReset,
    SecondFactorEnrolled, SecondFactorRemoved, RecoveryCodeUsed, ProviderPersonForgotten,
    NumberRevealed, RecordingPlayed, Exported,
}

/// <param name="Owner">Whose log it stands in.</param>
/// <param name="Subject">What it was done to: an account, a call.</param>
/// <param name="Detail">In words, such as the reason that was given; never a secret, never what was revealed.</param>
public sealed record AuditEntry(TenantId Owner, Author By, AuditAction Action, string? Subject, string? Detail = null);

/// <param name="Number">Ascends with time.</param>
/// <param name="Kind">The kind of setting, such as QueueSettings; null for what is no setting.</param>
/// <param name="Version">The version that the setting got.</param>
/// <param name="Before">JSON, secrets left out; null if there was none, and in lists.</param>
/// <param name="After">JSON likewise; null if it was removed, and in lists.</param>
public sealed record AuditRecord(long Number, DateTimeOffset At, Author By, string Action, string? Kind, string? Subject, long? Version, string? Detail, string? Before = null, string? After = null);

/// <param name="From">At or after.</param>
/// <param name="To">Before.</param>
public sealed record AuditFilter(DateTimeOffset? From = null, DateTimeOffset? To = null, string? User = null, string? Action = null, string? Kind = null, string? Subject = null);

/// <param name="Entries">How many were found to be as they were written, one after the other.</param>
/// <param name="Broken">The first one that is not; null: all are.</param>
/// <param name="Head">The newest link of the whole log; null: nothing was ever written. Noted elsewhere, it proves later that nothing before it was made anew.</param>
public sealed record AuditVerification(long Entries, AuditBreak? Broken, AuditHead? Head);

/// <param name="Entry">The number of the first entry that does not hold.</param>
public sealed record AuditBreak(long Entry, AuditBreakKind Kind);

public enum AuditBreakKind
{
    /// <summary>It, or what the history keeps of it, is not what was written.</summary>
    Changed,

    /// <summary>It is gone, or what stood before it is.</summary>
    Missing,

    /// <summary>It was slipped in.</summary>
    Added,
}

/// <param name="Entry">The number of its entry.</param>
/// <param name="Place">How many entries there are up to it.</param>
/// <param name="Hash">SHA-256 in hexadecimal digits.</param>
public sealed record AuditHead(long Entry, long Place, string Hash);
