using CallCenter.Edge.Web;

namespace CallCenter.Edge;

/// <summary>The part of the api, which brings visitors of web pages.</summary>
sealed partial class EdgeObserver
{
    readonly VisitorCalls visitors = new(edge);

    public Task<VisitorAnswer> TakeVisitor(VisitorCall visitor) => OnLoop(() => visitors.Take(visitor));

    public Task<VisitorAnswer> MoveVisitor(CallRef call, string sdp) => OnLoop(() => Task.FromResult(visitors.Move(call, sdp)));

    public Task<bool> EndVisitor(CallRef call) => OnLoop(() => Task.FromResult(visitors.End(call)));

    /// <summary>Does something on the loop, and brings its outcome back.</summary>
    Task<T> OnLoop<T>(Func<Task<T>> run)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        edge.Loop.Post(() => _ = Finish(run, done));
        return done.Task;
    }

    static async Task Finish<T>(Func<Task<T>> run, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await run());
        }
        catch (Exception fault)
        {
            done.SetException(fault);
        }
    }
}
