using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>A grain in memory: its turns, its waiting requests and the rules of which may run beside which.</summary>
sealed partial class Activation(GrainClass kind, string key) : Mailbox, IGrainContext
{
    enum Stage : byte { New, Activating, Active, Deactivating, Dead }

    Job? firstWaiting, lastWaiting;
    Job? released;         // left the waiting ones and has not begun yet
    int running;           // jobs begun and not ended
    int exclusive, readers; // of these, those that others may not run beside; of these, read-only ones
    int lastUse = kind.Silo.Now;
    volatile Stage stage;
    Extras? extras;

    /// <summary>The activation whose turn this thread runs.</summary>
    internal static new Activation? Current => SynchronizationContext.Current as Activation;

    internal GrainClass Kind => kind;
    internal Silo Silo => kind.Silo;
    internal string Key => key;
    internal bool Alive => stage < Stage.Dead && !Dropped;
    internal bool Idle => running == 0 && Quiet;
    internal override ILogger Log => Silo.Log;

    /// <summary>What only some activations need.</summary>
    Extras More => extras ?? Interlocked.CompareExchange(ref extras, new(), null) ?? extras;

    /// <summary>The job that the others wait for; read by wait-cycle detection from other threads.</summary>
    internal Job? Blocking { get; private set; }

    public object? GrainInstance { get; private set; }
    public GrainId GrainId => new(kind.Type, new(key));
    public GrainReference GrainReference => Silo.Cluster.Reference(kind.AnyInterface, GrainId);
    public IServiceProvider ActivationServices => extras?.Scope?.ServiceProvider ?? Silo.Services;

    internal override void Accept(Job job)
    {
        if (ReferenceEquals(released, job)) released = null;
        if (!job.Wanted) Release();
        else if (stage == Stage.Active && MayBegin(job)) Begin(job);
        else if (stage == Stage.Dead) Redirect(job);
        else
        {
            Wait(job);
            if (stage == Stage.New) _ = Activate(job as Request);
        }
    }

    /// <summary>All rules of interleaving.</summary>
    bool MayBegin(Job job)
    {
        if (extras?.Ending is not null) return running > 0 && job.Interleaves;
        return exclusive == 0
            || kind.Reentrant
            || job.Interleaves
            || (job.ReadOnly && readers == exclusive)
            || (job is Request request && ((GrainInstance is { } grain && kind.MayInterleave?.Invoke(grain, request) == true) || InSection(request)));
    }

    /// <summary>Asked from other threads by wait-cycle detection, once what runs here has come to stand.</summary>
    internal bool LetsBy(Request request) => MayBegin(request);

    bool InSection(Request request) =>
        extras?.Sections is { Count: > 0 } sections
        && request.Carried?.Values?.GetValueOrDefault(RequestContext.ReentrancyKey) is Guid id
        && sections.ContainsKey(id);

    void Begin(Job job)
    {
        running++;
        if (!kind.Reentrant && !job.Interleaves)
        {
            exclusive++;
            if (job.ReadOnly) readers++;
            Blocking = job;
        }
        if (job.KeepsAlive) lastUse = Silo.Now;
        job.Start(this);
        if (exclusive == 0 || kind.Interleaves) Release();
    }

    internal override void Left(Job job)
    {
        running--;
        if (!kind.Reentrant && !job.Interleaves)
        {
            exclusive--;
            if (job.ReadOnly) readers--;
            if (ReferenceEquals(Blocking, job)) Blocking = null;
        }
        if (job.KeepsAlive) lastUse = Silo.Now;
        if (running == 0 && extras?.Ending is not null && stage == Stage.Active) _ = End();
        else Release();
    }

    void Wait(Job job)
    {
        if (lastWaiting is null) firstWaiting = job;
        else lastWaiting.Next = job;
        lastWaiting = job;
    }

    /// <summary>Lets the first waiting job that may begin run next; it releases those that may run beside it.</summary>
    void Release()
    {
        if (firstWaiting is null || released is not null || stage != Stage.Active) return;
        Job? before = null;
        for (var job = firstWaiting; job is not null; before = job, job = (Job?)job.Next)
        {
            if (!MayBegin(job)) continue;
            if (before is null) firstWaiting = (Job?)job.Next;
            else before.Next = job.Next;
            if (ReferenceEquals(lastWaiting, job)) lastWaiting = before;
            PushFront(released = job);
            return;
        }
    }

    /// <summary>Sends a job on to the grain's next activation. A timer's tick dies with its activation.</summary>
    void Redirect(Job job)
    {
        if (job is Request request) Silo.Cluster.Forward(request);
    }

    internal override Task Perform(Request request) =>
        kind.Filtered ? new IncomingCall(this, request).Run() : request.Invoke(GrainInstance!);

    internal override void Failed(Request request, Task ended)
    {
        var e = Request.ExceptionOf(ended);
        if (request.Method.OneWay) Log.OneWayFailed(e, request.Method.ToString(), GrainId.ToString());
        if (e is not Storage.InconsistentStateException { IsSourceActivation: true } stale) return;
        stale.IsSourceActivation = false; // its caller's state is not the one that is stale
        Deactivate(new(DeactivationReasonCode.ApplicationError, e, "The state was written by another."));
    }

    internal void EnterSection(Guid id)
    {
        var sections = More.Sections ??= [];
        sections[id] = sections.GetValueOrDefault(id) + 1;
    }

    internal void LeaveSection(Guid id)
    {
        if (extras?.Sections is not { } sections || !sections.TryGetValue(id, out int depth)) return;
        if (depth == 1) sections.Remove(id);
        else sections[id] = depth - 1;
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => GrainId.ToString();
}
