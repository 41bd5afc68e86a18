using CallCenter.Grains.Tenants;

namespace CallCenter.Grains.Tests.Tenants;

public sealed class CallSlotsTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    static readonly CallId A = new("a"), B = new("b");

    readonly CallSlots slots = new();

    [Fact]
    public void A_call_counts_once_however_often_it_asks()
    {
        for (var i = 0; i < 3; i++) Assert.True(slots.Claim(A, 1, Noon));
        Assert.Equal(1, slots.Count);
    }

    [Fact]
    public void Beyond_the_limit_none_is_free_until_one_is_given_back()
    {
        slots.Claim(A, 1, Noon);
        Assert.False(slots.Claim(B, 1, Noon));
        slots.GiveBack(A);
        Assert.True(slots.Claim(B, 1, Noon));
    }

    [Fact]
    public void A_lost_call_leaves_by_itself()
    {
        slots.Claim(A, 1, Noon);
        Assert.False(slots.Claim(B, 1, Noon + CallSlots.Lease - TimeSpan.FromSeconds(1)));
        Assert.True(slots.Claim(B, 1, Noon + CallSlots.Lease));
    }

    [Fact]
    public void A_call_that_has_a_slot_keeps_it_when_the_limit_sinks()
    {
        slots.Claim(A, 2, Noon);
        slots.Claim(B, 2, Noon);
        Assert.True(slots.Claim(A, 1, Noon));
        Assert.False(slots.Claim(new("c"), 1, Noon));
    }

    [Fact]
    public void Without_a_limit_there_is_always_one()
    {
        for (var i = 0; i < 1000; i++) Assert.True(slots.Claim(new($"c{i}"), null, Noon));
    }
}
