using Microsoft.Extensions.Logging;

namespace CallCenter.AppHost.Running;

/// <summary>Start and end of the product; 10xx.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1001, LogLevel.Information, "Started in {Milliseconds} ms")]
    public static partial void Started(this ILogger log, long milliseconds);

    [LoggerMessage(1002, LogLevel.Information, "Draining: {Calls} calls live, at most {Timeout}")]
    public static partial void Draining(this ILogger log, int calls, TimeSpan timeout);

    [LoggerMessage(1003, LogLevel.Warning, "{Calls} calls still lived when the time to drain was over")]
    public static partial void CutOff(this ILogger log, int calls);

    [LoggerMessage(1004, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(1005, LogLevel.Debug, "Rehearsed {Calls} calls in {Milliseconds} ms")]
    public static partial void Rehearsed(this ILogger log, int calls, long milliseconds);

    [LoggerMessage(1006, LogLevel.Warning, "The rehearsal came to nothing: the first calls will be slower")]
    public static partial void NotRehearsed(this ILogger log, Exception fault);
}
