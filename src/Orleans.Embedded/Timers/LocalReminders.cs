using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Ticks the reminders in the table. The table is the truth; this is its clock in the one process there is.</summary>
sealed class LocalReminders(IServiceProvider services, Cluster cluster, IOptions<ReminderOptions> options, ILogger<LocalReminders> log) : IReminderRegistry, IDisposable
{
    readonly ConcurrentDictionary<(GrainId, string), Alarm> alarms = [];
    readonly TimeProvider time = Silo.Clock(services, "Orleans.Reminders");
    readonly IReminderTable? table = services.GetService<IReminderTable>();

    IReminderTable Table => table ?? throw new OrleansConfigurationException($"No {nameof(IReminderTable)} is configured; see UseInMemoryReminderService.");

    internal async Task Start()
    {
        if (table is null) return;
        await table.Init();
        foreach (var row in (await table.ReadRows(0, 0)).Reminders) Set(row);
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, "must not be negative or infinite");
        if (period < options.Value.MinimumReminderPeriod) throw new ArgumentException($"A reminder's period is at least {options.Value.MinimumReminderPeriod}; {period} is for a grain timer.", nameof(period));
        var row = new ReminderEntry { GrainId = callingGrainId, ReminderName = reminderName, StartAt = time.GetUtcNow().UtcDateTime + dueTime, Period = period };
        row.ETag = await Table.UpsertRow(row);
        Set(row);
        return new Handle(row);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        if (reminder is not Handle handle) throw new ArgumentException("The reminder is not of this runtime.", nameof(reminder));
        if (!await Table.RemoveRow(callingGrainId, handle.ReminderName, handle.ETag)) throw new ReminderException($"Reminder {handle.ReminderName} of {callingGrainId} is not there, or was changed since.");
        if (alarms.TryRemove((callingGrainId, handle.ReminderName), out var alarm)) alarm.Dispose();
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await Table.ReadRow(callingGrainId, reminderName) is { } row ? new Handle(row) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await Table.ReadRows(callingGrainId)).Reminders.Select(row => new Handle(row))];

    void Set(ReminderEntry row)
    {
        var alarm = new Alarm(this, row);
        alarms.AddOrUpdate((row.GrainId, row.ReminderName), alarm, (_, old) =>
        {
            old.Dispose();
            return alarm;
        });
        alarm.Arm();
    }

    async Task Tick(ReminderEntry row)
    {
        try
        {
            var grain = (IRemindable)(object)cluster.Reference(typeof(IRemindable), row.GrainId);
            await grain.ReceiveReminder(row.ReminderName, TickStatus.Create(row.StartAt, row.Period, time.GetUtcNow().UtcDateTime));
        }
        catch (Exception e) // the grain's own failure, or no silo just now: there is a next tick
        {
            log.ReminderFailed(e, row.ReminderName, row.GrainId.ToString());
        }
    }

    internal void Stop()
    {
        foreach (var alarm in alarms.Values) alarm.Dispose();
    }

    public void Dispose() => Stop();

    sealed record Handle(string ReminderName, string ETag) : IGrainReminder
    {
        internal Handle(ReminderEntry row) : this(row.ReminderName, row.ETag) { }
    }

    /// <summary>The timer of one reminder. Ticks keep to the grid of start and period; what was missed is not made up for.</summary>
    sealed class Alarm : IDisposable
    {
        static readonly TimeSpan Longest = TimeSpan.FromDays(30); // a timer reaches 49 days; a longer wait is taken in steps

        readonly LocalReminders all;
        readonly ReminderEntry row;
        readonly ITimer timer;
        DateTime due;

        internal Alarm(LocalReminders all, ReminderEntry row)
        {
            (this.all, this.row) = (all, row);
            var now = all.time.GetUtcNow().UtcDateTime;
            due = row.StartAt >= now ? row.StartAt : row.StartAt + row.Period * Math.Ceiling((now - row.StartAt) / row.Period);
            using var noFlow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            timer = all.time.CreateTimer(static self => ((Alarm)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        internal void Arm()
        {
            var wait = due - all.time.GetUtcNow().UtcDateTime;
            timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
        }

        void Fire()
        {
            var now = all.time.GetUtcNow().UtcDateTime;
            if (now >= due)
            {
                _ = all.Tick(row);
                due += row.Period * (Math.Floor((now - due) / row.Period) + 1);
            }
            Arm();
        }

        public void Dispose() => timer.Dispose();
    }
}
