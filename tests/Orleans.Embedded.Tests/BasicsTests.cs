using Orleans.TestingHost;

namespace Orleans.Embedded.Tests;

public interface IEcho : IGrainWithStringKey
{
    Task<string> Say(string text);
    ValueTask<int> Add(int a, int b);
    Task Fail();
    Task<string> Key();
}

public sealed class EchoGrain : Grain, IEcho
{
    public Task<string> Say(string text) => Task.FromResult(text);
    public async ValueTask<int> Add(int a, int b)
    {
        await Task.Yield();
        return a + b;
    }
    public Task Fail() => throw new InvalidOperationException("no");
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

public sealed class BasicsTests
{
    [Fact]
    public async Task A_call_brings_back_its_result_and_its_exception()
    {
        var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var echo = cluster.Client.GetGrain<IEcho>("a");
        Assert.Equal("hello", await echo.Say("hello"));
        Assert.Equal(5, await echo.Add(2, 3));
        Assert.Equal("a", await echo.Key());
        await Assert.ThrowsAsync<InvalidOperationException>(echo.Fail);
        await cluster.DisposeAsync();
    }
}
