using CallCenter.Api.Access;

namespace CallCenter.Api.Tests.Access;

public sealed class BelievedTests
{
    private readonly Ticks clock = new();
    private int reads;

    private Func<Task<int>> Read => () => Task.FromResult(++reads);

    [Fact]
    public async Task What_was_read_is_believed_for_less_than_a_second_and_then_read_anew()
    {
        Assert.True(Believed<int>.Trust < TimeSpan.FromSeconds(1)); // so that what another process revokes bites within one
        var believed = new Believed<int>(clock);
        for (var i = 0; i < 50; i++) Assert.Equal(1, await believed.Get(A.Acme, "bob", Read));
        clock.Move(Believed<int>.Trust - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await believed.Get(A.Acme, "bob", Read));
        clock.Move(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, await believed.Get(A.Acme, "bob", Read));
    }

    [Fact]
    public async Task What_is_forgotten_is_read_anew_at_once_and_nothing_else()
    {
        var believed = new Believed<int>(clock);
        Assert.Equal((1, 2, 3), (await believed.Get(A.Acme, "bob", Read), await believed.Get(A.Globex, "bob", Read), await believed.Get(A.Acme, "ann", Read)));
        believed.Forget(A.Acme, "bob");
        Assert.Equal((4, 2, 3), (await believed.Get(A.Acme, "bob", Read), await believed.Get(A.Globex, "bob", Read), await believed.Get(A.Acme, "ann", Read)));
        believed.ForgetAll();
        Assert.Equal(5, await believed.Get(A.Acme, "ann", Read));
    }

    [Fact]
    public async Task What_was_read_while_it_changed_is_not_believed()
    {
        var believed = new Believed<int>(clock);
        var slow = new TaskCompletionSource<int>();
        var reading = believed.Get(A.Acme, "bob", () => slow.Task).AsTask();
        believed.Forget(A.Acme, "bob"); // the change was written after the read had begun
        slow.SetResult(99);
        Assert.Equal(99, await reading);
        Assert.Equal(1, await believed.Get(A.Acme, "bob", Read));
    }

    private sealed class Ticks : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Move(TimeSpan by) => now += by.Ticks;
    }
}
