using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Engine;

/// <summary>The filters of one direction, in the order of their registration.</summary>
sealed class FilterSet<TFilter>(IEnumerable<TFilter> filters)
{
    readonly TFilter[] filters = [.. filters];

    internal int Length => filters.Length;

    internal TFilter this[int index] => filters[index];
}

/// <summary>A call on its way through the filters.</summary>
abstract class FilteredCall(Request request)
{
    Response? response;
    Task? answer;      // the call's own, ended well
    bool isReplaced;   // by a filter

    protected int Step { get; set; }

    /// <summary>What the call itself answered, if no filter has put another answer in its place.</summary>
    protected Task? Answer => isReplaced ? null : answer;

    public IInvokable Request => request;
    public GrainId? SourceId => request.Caller?.GrainId;
    public GrainId TargetId => request.Target.GrainId;
    public string InterfaceName => request.Method.Interface.FullName!;
    public string MethodName => request.Method.Name;
    public MethodInfo InterfaceMethod => request.Method.Method;

    /// <summary>Made when somebody asks for it.</summary>
    public Response? Response
    {
        get => response ??= answer is null || isReplaced ? null : Response.FromResult(request.ResultOf(answer));
        set => (response, isReplaced) = (value, true);
    }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    /// <summary>Remembers how the call ended; an exception goes on to the filters outside.</summary>
    protected Task Keep(Task call)
    {
        if (!call.IsCompletedSuccessfully) return KeepLater(call);
        Ended(call);
        return Task.CompletedTask;
    }

    async Task KeepLater(Task call)
    {
        try
        {
            await call;
            Ended(call);
        }
        catch (Exception e)
        {
            Response = Response.FromException(e);
            throw;
        }
    }

    void Ended(Task call) => (answer, response, isReplaced) = (call, null, false);
}

/// <summary>The silo's filters, then the grain's own if it is one, then the grain.</summary>
sealed class IncomingCall(Activation target, Request request) : FilteredCall(request), IIncomingGrainCallContext
{
    readonly Request request = request;

    public object Grain => target.GrainInstance!;

    public IGrainContext TargetContext => target;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = target.Kind.Class.GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    /// <summary>The call's own answer where it is there already and no filter has touched it: nothing is made of it on its way through them.</summary>
    internal Task Run()
    {
        var filtered = Invoke();
        return filtered.IsCompletedSuccessfully && Answer is { } answer ? answer : Late(filtered);
    }

    async Task<Response?> Late(Task filtered)
    {
        await filtered;
        return Response;
    }

    public Task Invoke()
    {
        var filters = target.Silo.Incoming;
        int step = Step++;
        if (step < filters.Length) return filters[step].Invoke(this);
        return step == filters.Length && Grain is IIncomingGrainCallFilter own ? own.Invoke(this) : Keep(request.Invoke(Grain));
    }
}

/// <summary>The caller's filters, then the call.</summary>
sealed class OutgoingCall<T>(FilterSet<IOutgoingGrainCallFilter> filters, Request<T> request) : FilteredCall(request), IOutgoingGrainCallContext
{
    readonly Request<T> request = request;

    public object Grain => request.Target;

    public IGrainContext? SourceContext { get; } = Activation.Current;

    internal async Task<T> Run()
    {
        await Invoke();
        return Response?.Result is T result ? result : default!;
    }

    public Task Invoke() => Step < filters.Length ? filters[Step++].Invoke(this) : Keep(request.Target.Cluster.Send(request));
}
