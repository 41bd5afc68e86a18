using Orleans;

namespace CallCenter.Bench;

public interface IPingGrain : IGrainWithStringKey
{
    Task<int> Ping(int n);

    /// <summary>As <see cref="Ping"/>, with a real await inside.</summary>
    Task<int> PingLater(int n);

    /// <summary>Keeps the grain busy for about 20 µs.</summary>
    Task Spin();
}

public sealed class PingGrain : Grain, IPingGrain
{
    readonly Task<int> one = Task.FromResult(1); // what a grain allocates for its result is not the runtime's cost

    public Task<int> Ping(int n) => one;

    public async Task<int> PingLater(int n)
    {
        await Task.Yield();
        return n;
    }

    public Task Spin()
    {
        Thread.SpinWait(400);
        return Task.CompletedTask;
    }
}
