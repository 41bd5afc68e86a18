namespace CallCenter.Domain.Tests.Dialling;

public class TrunkLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme"), Globex = new("globex");
    private readonly TrunkLedger trunk = new();

    private DialRefusal? Claim(TenantId tenant, string leg, double at, TrunkOutbound limits, bool always = false) => trunk.Claim(tenant, new("c"), new(leg), limits, always, Noon.AddSeconds(at));

    [Fact]
    public void Channels_are_leases_over_all_tenants()
    {
        var limits = new TrunkOutbound(NumberFormat.National, Channels: 2);
        Assert.Null(Claim(Acme, "a", 0, limits));
        Assert.Null(Claim(Globex, "a", 1, limits));
        Assert.Equal(DialRefusal.ChannelLimit, Claim(Acme, "b", 2, limits));
        Assert.Null(Claim(Acme, "a", 20, limits));
        Assert.Equal(DialRefusal.ChannelLimit, Claim(Acme, "b", 31, limits, always: true)); // refused is refused, though it asks as if it went on
        Assert.Null(Claim(Acme, "d", 31, limits)); // the other tenant's was not renewed
        Assert.Null(Claim(Acme, "emergency", 32, limits, always: true));
        Assert.Equal(DialRefusal.ChannelLimit, Claim(Acme, "c", 33, limits));
        trunk.GiveBack(Acme, new("c"), new("a"));
        trunk.GiveBack(Acme, new("c"), new("a"));
        Assert.Equal(DialRefusal.ChannelLimit, Claim(Acme, "c", 34, limits));
        trunk.GiveBack(Acme, new("c"), new("d"));
        Assert.Equal(DialRefusal.ChannelLimit, Claim(Acme, "c", 35, limits));
        Assert.Null(Claim(Acme, "e", 35, limits));
        trunk.GiveBack(Acme, new("c"), new("e"));
        Assert.Null(Claim(Acme, "c", 93, limits)); // forgotten
    }

    [Fact]
    public void A_leg_that_is_not_heard_of_any_more_leaves_in_time_though_nobody_asks_for_its_channel()
    {
        var unlimited = new TrunkOutbound(NumberFormat.National);
        Assert.Null(trunk.Deadline);
        Claim(Acme, "a", 0, unlimited);
        Claim(Acme, "b", 0, unlimited);
        Claim(Acme, "a", 10, unlimited);
        Assert.Equal(Noon.AddSeconds(30), trunk.Deadline);
        trunk.Sweep(Noon.AddSeconds(30));
        Assert.Equal((1, Noon.AddSeconds(40)), (trunk.Channels, trunk.Deadline));
        trunk.GiveBack(Acme, new("c"), new("a"));
        Assert.Equal((0, null), (trunk.Channels, trunk.Deadline));
        for (var i = 0; i < 1000; i++) Claim(Acme, $"lost-{i}", 100 + i, unlimited);
        trunk.Sweep(Noon.AddSeconds(1099));
        Assert.Equal(30, trunk.Channels);
        trunk.Sweep(Noon.AddSeconds(1200));
        Assert.Equal((0, null), (trunk.Channels, trunk.Deadline));
    }

    [Fact]
    public void New_legs_in_any_minute_are_limited()
    {
        var limits = new TrunkOutbound(NumberFormat.National, CallsPerMinute: 2);
        Assert.Null(Claim(Acme, "a", 0, limits));
        Assert.Null(Claim(Globex, "b", 30, limits));
        Assert.Null(Claim(Acme, "a", 31, limits)); // a renewal is not new
        Assert.Equal(DialRefusal.RateLimit, Claim(Acme, "c", 59, limits));
        Assert.Null(Claim(Acme, "d", 60, limits));
    }
}
