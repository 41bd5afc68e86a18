using System.Net;
using CallCenter.Edge.Signalling;

namespace CallCenter.Edge.Tests.Signalling;

public sealed class SourceGuardTests
{
    static readonly TenantId Acme = new("acme"), Globex = new("globex");
    static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    readonly SourceGuard guard = new(3);

    [Fact]
    public void One_tenants_extension_does_not_answer_for_anothers_of_the_same_name()
    {
        for (var i = 0; i < 3; i++) guard.Failed(IPAddress.Loopback, Acme, "1001", Noon);
        guard.Succeeded(IPAddress.Loopback, Globex, "1001");
        Assert.True(guard.IsBlocked(IPAddress.Loopback, Acme, "1001", Noon));
        Assert.False(guard.IsBlocked(IPAddress.Loopback, Globex, "1001", Noon));
    }

    TimeSpan? Turn(double seconds) => guard.Turn(IPAddress.Loopback, Acme, "1001", Noon.AddSeconds(seconds));

    void Fail(int times)
    {
        for (var i = 0; i < times; i++) guard.Failed(IPAddress.Loopback, Acme, "1001", Noon);
    }

    [Fact]
    public void Passwords_wait_for_each_other_once_too_many_were_wrong_and_too_many_are_not_looked_at()
    {
        Fail(2);
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero], [Turn(0), Turn(0)]);
        Fail(1);
        for (var i = 0; i <= 8; i++) Assert.Equal(TimeSpan.FromSeconds(i), Turn(0));
        Assert.Null(Turn(0));
        Assert.Equal(TimeSpan.FromSeconds(6.5), Turn(2.5));
        Assert.Equal(TimeSpan.Zero, guard.Turn(IPAddress.Loopback, Acme, "1002", Noon));
        Assert.Equal(TimeSpan.Zero, guard.Turn(IPAddress.IPv6Loopback, Acme, "1001", Noon));
    }

    [Fact]
    public void Who_comes_after_the_last_guess_was_answered_does_not_wait_nor_does_anybody_once_one_was_right()
    {
        Fail(3);
        Turn(0);
        Assert.Equal(TimeSpan.Zero, Turn(1));
        guard.Succeeded(IPAddress.Loopback, Acme, "1001");
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero], [Turn(1.1), Turn(1.1)]);
    }

    [Fact]
    public void After_a_minute_all_is_forgotten()
    {
        Fail(3);
        Turn(0);
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero], [Turn(60), Turn(60)]);
    }

    [Fact]
    public void Texts_that_cannot_be_extensions_are_one()
    {
        for (var i = 0; i < 3; i++) guard.Failed(IPAddress.Loopback, Acme, new('x', 1000 + i), Noon);
        Assert.True(guard.IsBlocked(IPAddress.Loopback, Acme, new('y', 2000), Noon));
    }
}
