using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>Reminders of a grain: they outlive activations and, with a durable table, the process.</summary>
public static class GrainReminderExtensions
{
    /// <param name="grain">A grain that is <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Unique within the grain; a reminder of that name is replaced.</param>
    /// <param name="dueTime">Zero or more.</param>
    /// <param name="period">One minute or more; finer deadlines are timers restored on activation.</param>
    /// <exception cref="ArgumentException">The period is too short.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) => Register(grain, reminderName, dueTime, period);

    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) => Register(grain, reminderName, dueTime, period);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => Registry(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) => Registry(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => Registry(grain).GetReminders(grain.GrainContext.GrainId);

    static Task<IGrainReminder> Register(IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        if (string.IsNullOrWhiteSpace(reminderName)) throw new ArgumentNullException(nameof(reminderName));
        if (grain is not IRemindable) throw new InvalidOperationException($"Grain {grain.GrainContext.GrainId} is not {nameof(IRemindable)}.");
        return Registry(grain).RegisterOrUpdateReminder(grain.GrainContext.GrainId, reminderName, dueTime, period);
    }

    static IReminderRegistry Registry(IGrainBase grain) => grain.GrainContext.ActivationServices.GetRequiredService<IReminderRegistry>();
}
