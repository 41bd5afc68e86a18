using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Engine;

// From the first request to the last: activation, idleness, deactivation, crash.
sealed partial class Activation
{
    sealed class Extras
    {
        internal Dictionary<Guid, int>? Sections;
        internal List<GrainTimer>? Timers; // under lock of this object, since a crash comes from outside
        internal List<IStateInit>? States;
        internal IServiceScope? Scope;
        internal DeactivationReason? Ending;
        internal int? KeepUntil; // in ticks of the silo
        internal TaskCompletionSource? Deactivated;
    }

    public Task Deactivated
    {
        get
        {
            var done = More.Deactivated ?? Interlocked.CompareExchange(ref More.Deactivated, new(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? More.Deactivated;
            if (!Alive) done.TrySetResult();
            return done.Task;
        }
    }

    internal void Add(GrainTimer timer)
    {
        lock (More) (More.Timers ??= []).Add(timer);
        if (!Alive) timer.Dispose();
    }

    internal void Remove(GrainTimer timer)
    {
        lock (More) More.Timers?.Remove(timer);
    }

    internal void Add(IStateInit state) => (More.States ??= []).Add(state);

    internal IServiceProvider OpenScope() => (More.Scope ??= Silo.Services.CreateScope()).ServiceProvider;

    internal void DelayDeactivation(TimeSpan span) => More.KeepUntil = span < TimeSpan.Zero ? null : span == TimeSpan.MaxValue ? int.MaxValue : Silo.Now + CallsInFlight.Ticks(span);

    async Task Activate(Request? first)
    {
        stage = Stage.Activating;
        first?.Carried?.Restore();
        try
        {
            GrainInstance = kind.Create(this);
            foreach (var state in extras?.States ?? []) await state.Read();
            if (GrainInstance is IGrainBase grain) await grain.OnActivateAsync(Silo.Stopping);
        }
        catch (Exception e) // the answer to those who wait
        {
            Log.ActivationFailed(e, ToString());
            await Close();
            FailWaiting(e);
            return;
        }
        stage = Stage.Active;
        lastUse = Silo.Now;
        if (extras?.Ending is not null) await End();
        else Release();
    }

    void FailWaiting(Exception e)
    {
        for (var job = TakeWaiting(); job is not null; job = (Job?)job.Next) (job as Request)?.Fail(e);
    }

    Job? TakeWaiting()
    {
        var first = firstWaiting;
        firstWaiting = lastWaiting = null;
        return first;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (!ReferenceEquals(Current, this))
        {
            Push(new Continuation(static state => { var (self, reason) = ((Activation, DeactivationReason))state!; self.Deactivate(reason); }, (this, deactivationReason)));
            return;
        }
        if (stage >= Stage.Deactivating || extras?.Ending is not null) return;
        More.Ending = deactivationReason;
        if (stage == Stage.New || (stage == Stage.Active && running == 0)) _ = End();
    }

    async Task End()
    {
        var reason = extras!.Ending!.Value;
        bool wasActive = stage == Stage.Active;
        stage = Stage.Deactivating;
        DisposeTimers();
        try
        {
            if (wasActive && GrainInstance is IGrainBase grain) await grain.OnDeactivateAsync(reason, Silo.Aborting);
        }
        catch (Exception e) // the grain ends all the same
        {
            Log.DeactivationFailed(e, ToString());
        }
        await Close();
        for (var job = TakeWaiting(); job is not null;)
        {
            var next = (Job?)job.Next;
            job.Next = null;
            Redirect(job);
            job = next;
        }
    }

    async Task Close()
    {
        DisposeTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable later) await later.DisposeAsync();
            else (GrainInstance as IDisposable)?.Dispose();
            extras?.Scope?.Dispose();
        }
        catch (Exception e) // the grain ends all the same
        {
            Log.DeactivationFailed(e, ToString());
        }
        kind.Remove(this);
        stage = Stage.Dead;
        GrainInstance = null; // references remember where their last call went
        Interlocked.MemoryBarrier(); // who asks for Deactivated from now on sees the stage, who asked before is seen
        extras?.Deactivated?.TrySetResult();
    }

    /// <summary>Ends the activation as the loss of its process would: nothing of it runs again.</summary>
    internal void Crash()
    {
        Drop();
        DisposeTimers();
        extras?.Deactivated?.TrySetResult();
    }

    void DisposeTimers()
    {
        if (extras is null) return;
        GrainTimer[] timers;
        lock (extras) timers = [.. extras.Timers ?? []];
        foreach (var timer in timers) timer.Dispose();
    }

    /// <summary>Asked by the collector, from outside.</summary>
    internal void CollectIfIdle()
    {
        if (IsIdle()) Push(new Continuation(static self => ((Activation)self!).Collect(), this));
    }

    void Collect()
    {
        if (IsIdle()) Deactivate(new(DeactivationReasonCode.ActivationIdle, "The activation had no work for its collection age."));
    }

    bool IsIdle() =>
        stage == Stage.Active && running == 0 && firstWaiting is null
        && Silo.Now - lastUse >= kind.CollectionAge
        && !(extras?.KeepUntil > Silo.Now);
}
