using CallCenter.Api.Http;
using CallCenter.Kit.Time;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Api.Tests.Http;

public sealed class InForceTests
{
    private readonly MemoryStore store = new();
    private readonly TestClock clock = new();

    [Fact]
    public async Task A_change_is_answered_when_it_is_in_force()
    {
        var carried = new TaskCompletionSource();
        store.CaughtUp = carried.Task;
        var answer = Ask();
        Assert.False(answer.IsCompleted);
        carried.SetResult();
        Assert.Equal("answer", await answer);
        Assert.True(Ask().IsCompleted);
    }

    [Fact]
    public async Task An_answer_is_held_up_for_a_second_at_most()
    {
        store.CaughtUp = new TaskCompletionSource().Task;
        var answer = Ask();
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("answer", await answer);
    }

    private Task<object?> Ask() => new InForceFilter(store, clock).InvokeAsync(EndpointFilterInvocationContext.Create(new DefaultHttpContext()), _ => ValueTask.FromResult<object?>("answer")).AsTask();
}
