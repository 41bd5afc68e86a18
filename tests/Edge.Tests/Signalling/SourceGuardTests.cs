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

    [Fact]
    public void Texts_that_cannot_be_extensions_are_one()
    {
        for (var i = 0; i < 3; i++) guard.Failed(IPAddress.Loopback, Acme, new('x', 1000 + i), Noon);
        Assert.True(guard.IsBlocked(IPAddress.Loopback, Acme, new('y', 2000), Noon));
    }
}
