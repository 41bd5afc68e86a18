using Microsoft.Extensions.Logging;

namespace Orleans.Engine;

/// <summary>What the runtime logs; 10xx.</summary>
static partial class EngineLog
{
    [LoggerMessage(1001, LogLevel.Error, "An exception escaped from {Mailbox}")]
    public static partial void Escaped(this ILogger log, Exception e, string mailbox);

    [LoggerMessage(1002, LogLevel.Warning, "Activation of {Grain} failed")]
    public static partial void ActivationFailed(this ILogger log, Exception e, string grain);

    [LoggerMessage(1003, LogLevel.Warning, "Deactivation of {Grain} failed")]
    public static partial void DeactivationFailed(this ILogger log, Exception e, string grain);

    [LoggerMessage(1004, LogLevel.Warning, "A timer of {Grain} failed")]
    public static partial void TimerFailed(this ILogger log, Exception e, string grain);

    [LoggerMessage(1005, LogLevel.Warning, "Reminder {Reminder} of {Grain} failed")]
    public static partial void ReminderFailed(this ILogger log, Exception e, string reminder, string grain);

    [LoggerMessage(1006, LogLevel.Warning, "One-way call {Method} of {Grain} failed")]
    public static partial void OneWayFailed(this ILogger log, Exception e, string method, string grain);

    [LoggerMessage(1007, LogLevel.Information, "Silo of cluster {Cluster} started: {Classes} grain classes")]
    public static partial void Started(this ILogger log, string cluster, int classes);

    [LoggerMessage(1008, LogLevel.Warning, "Crash asked for: {Activations} activations dropped")]
    public static partial void Crashed(this ILogger log, int activations);

    [LoggerMessage(1009, LogLevel.Warning, "The silo stopped with {Activations} activations not yet deactivated")]
    public static partial void StoppedLate(this ILogger log, int activations);
}
