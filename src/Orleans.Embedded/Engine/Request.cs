using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Discovery;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Engine;

/// <summary>What flows with a call besides its arguments. No other part of the execution context does: a cluster would not carry it either.</summary>
sealed record CarriedContext(Dictionary<string, object>? Values, Activity? Activity)
{
    internal static CarriedContext? Capture()
    {
        var values = RequestContext.Values.Value;
        var activity = Activity.Current;
        return values is null && activity is null ? null : new(values, activity);
    }

    internal void Restore()
    {
        if (Values is not null) RequestContext.Values.Value = Values;
        if (Activity is not null) Activity.Current = Activity;
    }
}

/// <summary>One call: message, place in the mailbox, place among the calls in flight, and promise in one object, used once.</summary>
abstract class Request : Job, IInvokable
{
    internal GrainReference Target = null!;
    internal Activation? Caller;
    internal CarriedContext? Carried;

    // Owned by CallsInFlight, under its lock.
    internal Request? Older, Newer;
    internal int Deadline;
    internal byte Stripe, Forwards;

    int settled;

    internal bool Begun { get; private set; }

    /// <summary>Set once by <see cref="ProxyBuilder"/> in each class made for a method.</summary>
    internal abstract MethodModel Method { get; }

    /// <summary>Calls the method on the grain or observer.</summary>
    internal abstract Task Invoke(object target);

    /// <summary>Ends the caller's wait with the result of a task that has run to its end.</summary>
    private protected abstract void SetResult(Task ended);

    private protected abstract void SetException(Exception e);

    /// <summary>The result of an ended task, boxed, for filters.</summary>
    internal abstract object? ResultOf(Task ended);

    internal sealed override bool Interleaves => Method.AlwaysInterleave;
    internal sealed override bool ReadOnly => Method.ReadOnly;
    internal sealed override bool Wanted => Volatile.Read(ref settled) == 0;

    /// <summary>True for the one who may end the call: answer, time-out and crash race.</summary>
    bool Settle() => Interlocked.Exchange(ref settled, 1) == 0;

    internal void Fail(Exception e)
    {
        if (!Settle()) return;
        Target.Cluster.Forget(this);
        if (!Method.OneWay) SetException(e);
    }

    protected sealed override Task Perform(Mailbox mailbox)
    {
        Carried?.Restore();
        Begun = true;
        if (Target.Cluster.Waits is not null) WaitGraph.Flow.Value = this;
        return mailbox.Perform(this);
    }

    protected sealed override void Report(Mailbox mailbox, Task ended)
    {
        if (!ended.IsCompletedSuccessfully) mailbox.Failed(this, ended);
        if (!Settle()) return;
        if (Method.OneWay) return;
        Target.Cluster.Forget(this);
        if (ended.IsCompletedSuccessfully) SetResult(ended);
        else SetException(ExceptionOf(ended));
    }

    internal static Exception ExceptionOf(Task failed) => failed.Exception is { } all ? all.InnerExceptions[0] : new TaskCanceledException(failed);

    int IInvokable.GetArgumentCount() => Arguments.Length;
    object? IInvokable.GetArgument(int index) => Arguments[index].GetValue(this);
    void IInvokable.SetArgument(int index, object? value) => Arguments[index].SetValue(this, value);
    string IInvokable.GetMethodName() => Method.Name;
    string IInvokable.GetInterfaceName() => Method.Interface.FullName!;
    MethodInfo IInvokable.GetMethod() => Method.Method;
    Type IInvokable.GetInterfaceType() => Method.Interface;

    /// <summary>The class made for the method has one public field per argument, in order.</summary>
    FieldInfo[] Arguments => GetType().GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    public override string ToString() => $"{Method} of {Target.GrainId}";
}

/// <summary>A request whose answer is a <typeparamref name="T"/>; <see cref="Nothing"/> for methods without one.</summary>
abstract class Request<T> : Request
{
    AsyncTaskMethodBuilder<T> answer = AsyncTaskMethodBuilder<T>.Create();

    /// <summary>The caller's side. Asked for once before the request is sent.</summary>
    internal Task<T> Answer => answer.Task;

    private protected sealed override void SetResult(Task ended) => answer.SetResult(ended switch
    {
        Task<T> typed => typed.GetAwaiter().GetResult(),
        Task<Response?> filtered when filtered.GetAwaiter().GetResult()?.Result is T result => result,
        _ => default!, // no result, or a filter that let no call through and gave none
    });

    private protected sealed override void SetException(Exception e) => answer.SetException(e);

    internal sealed override object? ResultOf(Task ended) => typeof(T) == typeof(Nothing) ? null : ((Task<T>)ended).GetAwaiter().GetResult();
}

/// <summary>The result of a method that has none.</summary>
readonly struct Nothing;
