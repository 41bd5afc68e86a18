namespace CallCenter.Edge;

/// <summary>The edge as calls reach it: passes everything to the loop and returns at once.</summary>
sealed partial class EdgeObserver(EdgeCore edge, Func<Task> report) : IEdgeObserver
{
    public Task Do(EdgeOrders orders) => Pass(static work => work.edge.Calls.Do(work.what), orders);

    public Task Acknowledge(CallRef call, Ack ack) => Pass(static work => work.edge.Calls.Acknowledged(work.what.call, work.what.ack), (call, ack));

    public Task Ping()
    {
        var round = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        edge.Loop.Post(round.SetResult);
        return round.Task;
    }

    public Task<PathAnswer> OpenPath(PathWish wish) => Ask(() => edge.Stations.Open(wish));

    public Task<PathAnswer> RestartPath(PathName path, string sdp) => Ask(() => Task.FromResult(edge.Stations.Restart(path, sdp)));

    public Task<PathRefusal> EchoPath(PathName path, bool on) => Ask(() => Task.FromResult(edge.Stations.Echo(path, on)));

    public Task<PathRefusal> ClosePath(PathName path) => Ask(() => Task.FromResult(edge.Stations.Close(path)));

    /// <summary>What is answered on the loop, however long that takes.</summary>
    Task<T> Ask<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        edge.Loop.Post(() => _ = Answer(work, done));
        return done.Task;
    }

    static async Task Answer<T>(Func<Task<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await work());
        }
        catch (Exception fault) // the one who asked hears of it
        {
            done.SetException(fault);
        }
    }

    public Task Drain(bool draining)
    {
        edge.Draining = draining;
        return report();
    }

    Task Pass<T>(Action<(EdgeCore edge, T what)> run, T what)
    {
        if (edge.Faults is { } faults) return faults.Pass(() => Post(run, what));
        return Post(run, what);
    }

    Task Post<T>(Action<(EdgeCore edge, T what)> run, T what)
    {
        edge.Loop.Post(run, (edge, what));
        return Task.CompletedTask;
    }
}
