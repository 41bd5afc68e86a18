using CallCenter.Media.Ice;

namespace CallCenter.Media.Tests.Ice;

public sealed class IceCredentialsTests
{
    [Fact]
    public void New_ones_are_good_and_never_the_same()
    {
        var made = Enumerable.Range(0, 100).Select(_ => IceCredentials.Create()).ToList();
        Assert.All(made, c => Assert.True(IceCredentials.TryOf(c.Fragment, c.Password, out var again) && again == c));
        Assert.Equal(100, made.Select(c => c.Fragment).Distinct().Count());
        Assert.Equal(100, made.Select(c => c.Password).Distinct().Count());
    }

    [Theory]
    [InlineData("abc", "0123456789abcdef012345")] // 3 of 4
    [InlineData("abcd", "0123456789abcdef01234")] // 21 of 22
    [InlineData("ab-d", "0123456789abcdef012345")]
    [InlineData("abcd", "0123456789abcdef01234 ")]
    [InlineData(null, "0123456789abcdef012345")]
    [InlineData("abcd", null)]
    public void Those_of_a_wrong_form_are_refused(string? fragment, string? password) => Assert.False(IceCredentials.TryOf(fragment, password, out _));

    [Fact]
    public void Those_longer_than_allowed_are_refused()
    {
        Assert.True(IceCredentials.TryOf(new('a', 256), new('b', 256), out _));
        Assert.False(IceCredentials.TryOf(new('a', 257), new('b', 22), out _));
        Assert.False(IceCredentials.TryOf("abcd", new('b', 257), out _));
    }

    [Fact]
    public void Their_text_does_not_tell_the_password() => Assert.Equal("abcd", new IceCredentials("abcd", "secret").ToString());
}
