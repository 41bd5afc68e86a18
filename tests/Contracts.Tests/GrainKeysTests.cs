using CallCenter.Domain;
using CallCenter.Domain.Calls;
using CallCenter.Domain.Tenants;

namespace CallCenter.Contracts.Tests;

public class GrainKeysTests
{
    [Theory]
    [InlineData("acme/0198c0de", "acme", "0198c0de")]
    [InlineData("operator/86-4008001001", "operator", "86-4008001001")]
    public void A_key_is_the_owner_and_the_name(string key, string owner, string name)
    {
        Assert.Equal(new TenantId(owner), GrainKeys.Owner(key));
        Assert.Equal(name, GrainKeys.Name(key));
    }

    [Fact]
    public void A_subjects_key_is_its_grains_key()
    {
        var key = Subject.Call(new("acme"), new CallId("c1")).GrainKey;
        Assert.Equal(("acme", "c1"), (GrainKeys.Owner(key).Value, GrainKeys.Name(key)));
    }

    [Fact]
    public void Letters_are_equal_by_what_they_say() => Assert.Equal(
        new Letter<string>(new(SenderKind.Call, "acme/c1", 1), [new(1, "a"), new(2, "b")]),
        new Letter<string>(new(SenderKind.Call, "acme/c1", 1), [new(1, "a"), new(2, "b")]));
}
