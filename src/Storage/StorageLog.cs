using Microsoft.Extensions.Logging;

namespace CallCenter.Storage;

/// <summary>Log lines of storage: 51xx.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(5101, LogLevel.Error, "A group of {Count} appends was not stored")]
    public static partial void CommitFailed(this ILogger log, Exception why, int count);

    [LoggerMessage(5102, LogLevel.Error, "{Subject}: the value {Field} does not open with its tenant's key")]
    public static partial void Unreadable(this ILogger log, Subject subject, string field);

    [LoggerMessage(5103, LogLevel.Error, "Folding into the views failed; it is tried again in {Seconds} s")]
    public static partial void FoldFailed(this ILogger log, Exception why, double seconds);

    [LoggerMessage(5104, LogLevel.Warning, "The journal's checkpoint failed; the next one is tried later")]
    public static partial void CheckpointFailed(this ILogger log, Exception why);

    [LoggerMessage(5105, LogLevel.Error, "The database is gone; {Count} appends wait for it and all that follow")]
    public static partial void DatabaseGone(this ILogger log, Exception why, int count);

    [LoggerMessage(5106, LogLevel.Warning, "The database is back; the {Count} appends that waited first are stored")]
    public static partial void DatabaseBack(this ILogger log, int count);

    [LoggerMessage(5107, LogLevel.Warning, "The journal commits again")]
    public static partial void CommitsAgain(this ILogger log);

    [LoggerMessage(5111, LogLevel.Information, "{Owner}: {User} erased the people of {Calls} calls and {Files} recorded files; {GoingOn} calls go on")]
    public static partial void Erased(this ILogger log, TenantId owner, string user, int calls, int files, int goingOn);

    [LoggerMessage(5112, LogLevel.Warning, "What was erased is still in the journal's log, unreadable to all but its tenant, until the next checkpoint that ends it")]
    public static partial void NotScrubbed(this ILogger log);

    [LoggerMessage(5113, LogLevel.Warning, "The personal values were not vacuumed after erasing ({Fault}): what was erased keeps its sealed bytes until the database does it by itself")]
    public static partial void NotVacuumed(this ILogger log, string fault);

    [LoggerMessage(5121, LogLevel.Warning, "A session of {Length} bytes is too long to be kept: a crash would leave it behind")]
    public static partial void DialogTooLong(this ILogger log, int length);

    [LoggerMessage(5122, LogLevel.Error, "A session was not kept ({Fault}): a crash would leave it behind")]
    public static partial void DialogNotKept(this ILogger log, string fault);

    [LoggerMessage(5131, LogLevel.Error, "The audit log of {Owner} does not hold: entry {Entry} is {Kind}")]
    public static partial void AuditBroken(this ILogger log, TenantId owner, long entry, Contracts.Access.AuditBreakKind kind);

    [LoggerMessage(5132, LogLevel.Information, "The audit log of {Owner} has {Entries} entries, the last one is {Entry}, linked by {Hash}")]
    public static partial void AuditHead(this ILogger log, TenantId owner, long entries, long entry, string hash);

    [LoggerMessage(5133, LogLevel.Warning, "The heads of the audit logs were not told; they are tried again")]
    public static partial void AuditHeadsUntold(this ILogger log, Exception why);
}
