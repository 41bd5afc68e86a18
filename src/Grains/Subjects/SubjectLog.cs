namespace CallCenter.Grains.Subjects;

static partial class SubjectLog
{
    [LoggerMessage(2001, LogLevel.Warning, "{Subject}: entry {Number} was written by another activation; this one steps down")]
    public static partial void Fenced(this ILogger log, string subject, long number);

    [LoggerMessage(2002, LogLevel.Error, "{Subject}: entry {Number} could not be committed; the activation begins anew")]
    public static partial void NotCommitted(this ILogger log, string subject, long number, Exception fault);

    [LoggerMessage(2003, LogLevel.Debug, "{From} did not reach {To} ({Why}); it will try again")]
    public static partial void NotReached(this ILogger log, string from, string to, string why);
}
