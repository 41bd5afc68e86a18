#if !ORLEANS_PACKAGES
using System.Runtime;
using CallCenter.AppHost.Running;
using CallCenter.Contracts.Edges;
using Microsoft.Extensions.Logging;

namespace CallCenter.AppHost.Rehearsals;

/// <summary>
/// Calls that nobody makes, right after the start: the runtime compiles a method anew when it has seen it run a hundred times, and the first
/// thousand callers would pay for that, 0.8 ms each, and wait for it. So the whole path is walked before they come, on a stage of
/// its own (<see cref="RehearsalStage"/>): no fact, no record and no figure of the product knows of it. It ends when a caller comes.
/// </summary>
internal sealed class Rehearsal(IEdges live, TimeProvider time, ILogger log)
{
    /// <summary>To meet the code, and have it compiled where there is no image of it; then what makes a method hot, with a few to spare.</summary>
    private const int First = 6, Round = 104;

    /// <summary>A round after which fewer methods were compiled has found nothing new to do.</summary>
    private const int Few = 150;

    /// <summary>No compilation for so long: they are done. Others who keep the compiler busy are not waited for longer than <see cref="LongestQuiet"/>.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200), LongestQuiet = TimeSpan.FromMilliseconds(600);

    /// <param name="calls">At most.</param>
    /// <param name="media">A few ports of the product's range, for it alone.</param>
    public async Task Run(int calls, (int First, int Last) media, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        try
        {
            var answered = await Play(calls, media, stop);
            log.Rehearsed(answered, (long)time.GetElapsedTime(begun).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the product stops
        }
        catch (Exception fault) // the first callers wait a little longer, that is all
        {
            log.NotRehearsed(fault);
        }
    }

    private async Task<int> Play(int calls, (int First, int Last) media, CancellationToken stop)
    {
        using var phones = new RehearsalPhones(time, log.NotRehearsed);
        await using var stage = new RehearsalStage(time, media);
        await stage.Open(phones.Address, time, stop);
        var answered = await Play(phones, stage, int.Min(First, calls), stop);
        for (var played = First; played < calls && live.LiveCalls == 0; played += Round)
        {
            var before = await Compiled(stop);
            answered += await Play(phones, stage, int.Min(Round, calls - played), stop);
            if (await Compiled(stop) - before < Few && played > First) break;
        }
        return answered;
    }

    /// <summary>Methods compiled so far, once no more are.</summary>
    private async Task<long> Compiled(CancellationToken stop)
    {
        var (count, began) = (-1L, time.GetTimestamp());
        while (JitInfo.GetCompiledMethodCount() is var now && now != count && time.GetElapsedTime(began) < LongestQuiet)
        {
            count = now;
            await Task.Delay(Quiet, time, stop);
        }
        return count;
    }

    /// <summary>As many at once as there are agents.</summary>
    private async Task<int> Play(RehearsalPhones phones, RehearsalStage stage, int calls, CancellationToken stop)
    {
        var (left, answered) = (calls, 0);
        await Task.WhenAll(Enumerable.Range(0, RehearsalStage.Agents).Select(async caller =>
        {
            while (Interlocked.Decrement(ref left) >= 0 && live.LiveCalls == 0)
            {
                stop.ThrowIfCancellationRequested();
                if (await phones.Call(stage.Sip, RehearsalStage.Number, caller)) Interlocked.Increment(ref answered);
            }
        }));
        return answered;
    }
}
#endif
