namespace CallCenter.Grains.Edges;

static partial class DirectoryLog
{
    [LoggerMessage(2601, LogLevel.Error, "Trunk {Trunk}: its password was sealed with another key; set it again")]
    public static partial void TrunkPasswordUnreadable(this ILogger log, string trunk);
}
