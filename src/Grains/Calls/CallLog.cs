namespace CallCenter.Grains.Calls;

static partial class CallLog
{
    [LoggerMessage(2101, LogLevel.Warning, "Call {Call}: edge {Edge} is gone or was started anew; its legs are lost")]
    public static partial void EdgeLost(this ILogger log, string call, string edge);

    [LoggerMessage(2102, LogLevel.Warning, "Queue {Tenant}/{Queue}: settings could not be read anew ({Why}); the old ones stay")]
    public static partial void RulesNotRenewed(this ILogger log, string tenant, string queue, string why);

    [LoggerMessage(2103, LogLevel.Warning, "Opening hours of {Tenant} could not be read anew ({Why}); the old ones stay")]
    public static partial void HoursNotRenewed(this ILogger log, string tenant, string why);

    [LoggerMessage(2104, LogLevel.Warning, "What {Tenant} does with calls whose agent is lost could not be read ({Why}); they end")]
    public static partial void StationRulesNotRead(this ILogger log, string tenant, string why);
}
