namespace CallCenter.Grains.Routing;

static partial class RoutingLog
{
    [LoggerMessage(2301, LogLevel.Warning, "Routing {Pool}: the list of agents could not be read ({Why}); trying again")]
    public static partial void AgentsNotRead(this ILogger log, string pool, string why);

    [LoggerMessage(2302, LogLevel.Warning, "Routing {Pool}: the open calls could not be read ({Why}); they are heard by themselves")]
    public static partial void CallsNotRead(this ILogger log, string pool, string why);
}
