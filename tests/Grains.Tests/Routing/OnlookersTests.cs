using CallCenter.Grains.Routing;

namespace CallCenter.Grains.Tests.Routing;

/// <summary>Who watches a pool's queues hears of every change, not of every turn.</summary>
public sealed class OnlookersTests
{
    static readonly TenantId Acme = new("acme");
    static readonly QueueRef Sales = new(Acme, new("sales"));
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly RoutingMachine machine = new();
    readonly Onlookers onlookers = new();

    [Fact]
    public void The_first_look_has_every_queue_and_each_change_is_told()
    {
        Waits("c1", ms: 0);
        var ear = new Ear();
        Assert.Equal([(Sales, 1)], onlookers.Watch("w", ear, machine, At(0)).Select(told => (told.Queue, told.Live.Waiting)));
        Waits("c2", ms: 300);
        Assert.Null(Turn(300));
        Assert.Equal([2], ear.Heard);
    }

    [Fact]
    public void What_changes_often_is_told_four_times_a_second_and_the_last_word_is_never_lost()
    {
        var ear = new Ear();
        onlookers.Watch("w", ear, machine, At(0));
        for (var ms = 10; ms <= 1000; ms += 10)
        {
            Waits($"c{ms}", ms);
            if (Turn(ms) is { } due) Assert.True(due <= At(ms) + Onlookers.Pace);
        }
        Assert.InRange(ear.Heard.Count, 3, 4);
        Turn(1300);
        Assert.Equal(100, ear.Heard[^1]);
    }

    [Fact]
    public void A_turn_that_changes_nothing_is_not_told()
    {
        var ear = new Ear();
        Waits("c1", ms: 0);
        onlookers.Watch("w", ear, machine, At(0));
        Turn(1000);
        Turn(2000);
        Assert.Empty(ear.Heard);
    }

    [Fact]
    public void What_was_told_to_a_newcomer_is_told_to_the_others_too()
    {
        var (first, second) = (new Ear(), new Ear());
        onlookers.Watch("first", first, machine, At(0));
        Waits("c1", ms: 10);
        onlookers.Watch("second", second, machine, At(10));
        machine.Next(new ContactLeft(At(20), new(Acme, new("c1"))));
        Turn(500);
        Assert.Equal([1, 0], first.Heard);
        Assert.Equal([0], second.Heard);
    }

    [Fact]
    public void Who_does_not_say_that_it_still_watches_is_forgotten()
    {
        var ear = new Ear();
        onlookers.Watch("w", ear, machine, At(0));
        Waits("c1", ms: 31_000);
        Turn(31_000);
        Assert.Empty(ear.Heard);
        Assert.False(onlookers.Any);
    }

    static DateTimeOffset At(double ms) => Noon.AddMilliseconds(ms);

    DateTimeOffset? Turn(double ms) => onlookers.Turn(machine, At(ms));

    void Waits(string call, double ms) => machine.Next(new ContactWaits(At(ms), new(Acme, new(call)), new(Sales.Queue, At(ms), 5)));

    sealed class Ear : IQueueWatcher
    {
        public List<int> Heard { get; } = [];

        public Task Tell(Items<QueueTold> told)
        {
            foreach (var queue in told) Heard.Add(queue.Live.Waiting);
            return Task.CompletedTask;
        }
    }
}
