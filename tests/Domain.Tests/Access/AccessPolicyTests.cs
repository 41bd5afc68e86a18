using System.Net;

namespace CallCenter.Domain.Tests.Access;

public sealed class AccessPolicyTests
{
    private static readonly TenantId Acme = new("acme");

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.3.7", false)]
    [InlineData("::ffff:192.0.2.7", true)] // as a socket for both families tells it
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void A_role_is_served_from_its_blocks_only(string address, bool allowed) =>
        Assert.Equal(allowed, new SignInPolicy(Role.Agent, ["192.0.2.0/24", "2001:db8::/32"], false, false).Allows(IPAddress.Parse(address)));

    [Fact]
    public void Without_blocks_everywhere_is_allowed_and_with_blocks_an_unknown_address_is_not()
    {
        Assert.True(new SignInPolicy(Role.Agent, [], false, false).Allows(null));
        Assert.False(new SignInPolicy(Role.Agent, ["192.0.2.0/24"], false, false).Allows(null));
    }

    [Fact]
    public void A_policy_names_all_its_faults()
    {
        Assert.Empty(AccessPolicy.Default(Acme).Check().AsEnumerable());
        var twice = new AccessPolicy(Acme, [(Role)99], [new(Role.Agent, ["x", "10.0.0.0/8"], false, false), new(Role.Agent, ["10.0.0.0/33"], false, false)]);
        Assert.Equal(["seesNumbers", "signIn", "signIn[0].allowedFrom[0]", "signIn[1].allowedFrom[0]"], twice.Check().Select(fault => fault.Field));
    }

    [Theory]
    [InlineData("+8613800138000", "+86138****8000")]
    [InlineData("13800138000", "138****8000")]
    [InlineData("+861012345678", "+8610****5678")]
    [InlineData("4008001001", "40****1001")]
    [InlineData("+49301234567", "+493****4567")]
    [InlineData("12345678", "****5678")]
    [InlineData("12345", "***45")]
    [InlineData("110", "**0")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void A_masked_number_keeps_a_little_at_both_ends(string? number, string? masked) => Assert.Equal(masked, NumberMask.Of(number));

    [Theory]
    [InlineData("calls.read", true)]
    [InlineData("apiKeys.write", true)]
    [InlineData("calls.readOwn", false)]
    [InlineData("Calls.read", false)]
    [InlineData("5.read", false)]
    [InlineData("calls", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_scope_is_a_resource_and_a_right(string? text, bool good) => Assert.Equal(good, Scope.TryParse(text, out _));

    [Fact]
    public void Scopes_narrow_and_none_narrow_nothing()
    {
        Assert.True(Scope.Cover([], new(Resource.Users, Rights.Write)));
        Assert.True(Scope.Cover(["queues.read", "calls.read"], new(Resource.Calls, Rights.ReadOwn)));
        Assert.False(Scope.Cover(["calls.read"], new(Resource.Calls, Rights.Write)));
        Assert.False(Scope.Cover(["calls.read"], new(Resource.Recordings, Rights.Read)));
    }
}
