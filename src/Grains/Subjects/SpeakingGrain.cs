using CallCenter.Grains.Messages;

namespace CallCenter.Grains.Subjects;

/// <summary>A grain without a journal that tells others something: an outbox and an alarm.</summary>
abstract class SpeakingGrain(SenderKind kind, TimeProvider clock, Epochs epochs, ILogger log) : Grain, IOutboxOwner
{
    Outbox? outbox;
    Alarm? alarm;

    protected Outbox Outbox => outbox!;
    protected ILogger Log => log;
    protected TimeProvider Clock => clock;
    protected string Key { get; private set; } = "";
    protected TenantId Owner => GrainKeys.Owner(Key);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Key = this.GetPrimaryKeyString();
        outbox = new(clock, new(kind, Key, epochs.Next()), this);
        alarm = new(this, clock, Ring);
        return Task.CompletedTask;
    }

    protected DateTimeOffset Now() => clock.GetUtcNow();

    Task Ring()
    {
        Outbox.Tick();
        return Rung();
    }

    /// <summary>The alarm rang; it must be set again for what is still to come.</summary>
    protected virtual Task Rung() => Task.CompletedTask;

    public void WakeBy(DateTimeOffset at) => alarm!.WakeBy(at);

    public void NotReached(string destination, Exception? fault) => log.NotReached(Key, destination, fault?.GetType().Name ?? "time-out");

    public void Settled() { }
}
