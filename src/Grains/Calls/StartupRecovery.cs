using Microsoft.Extensions.Hosting;

namespace CallCenter.Grains.Calls;

/// <summary>After a start: wakes every call that the journal knows as open, so that it ends or goes on and pays what it owes.</summary>
sealed class StartupRecovery(IJournal journal, IGrainFactory grains, TimeProvider clock, ILogger<StartupRecovery> log) : BackgroundService
{
    const int AtOnce = 32, Attempts = 5;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var open = await journal.Open(SubjectKind.Call, stoppingToken);
            if (open.IsEmpty) return;
            log.Waking(open.Count);
            await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (call, stop) => await Wake(call, stop));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops; the next start wakes them
        }
    }

    async Task Wake(Subject call, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.GetGrain<ICallGrain>(call.GrainKey).Wake();
                return;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                if (attempt == Attempts)
                {
                    log.NotWoken(call.GrainKey, fault);
                    return;
                }
                await Task.Delay(Pause, clock, stop);
            }
        }
    }
}

static partial class RecoveryLog
{
    [LoggerMessage(2111, LogLevel.Information, "{Count} calls were open at the last stop; waking them")]
    public static partial void Waking(this ILogger log, int count);

    [LoggerMessage(2112, LogLevel.Error, "Call {Call} could not be woken; its edge's sign of life will, or the next start")]
    public static partial void NotWoken(this ILogger log, string call, Exception fault);
}
