namespace CallCenter.Domain.Tests.WebCalls;

public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://www.example.com", "https://www.example.com")]
    [InlineData("https://WWW.Example.com/", "https://www.example.com")]
    [InlineData("https://www.example.com:443", "https://www.example.com")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("https://例子.测试", "https://xn--fsqu00a.xn--0zwm56d")]
    [InlineData("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443")]
    public void An_origin_is_written_as_browsers_do(string text, string origin)
    {
        Assert.True(WebOrigin.TryParse(text, out var written));
        Assert.Equal(origin, written);
        Assert.True(WebOrigin.TryParse(written, out var again));
        Assert.Equal(written, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("www.example.com")]
    [InlineData("https://*.example.com")]
    [InlineData("https://example.com/page")]
    [InlineData("https://example.com?x")]
    [InlineData("https://user@example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://a.com; script-src *")]
    [InlineData("https://a.com 'unsafe-inline'")]
    public void What_is_none_is_not_taken(string? text) => Assert.False(WebOrigin.TryParse(text, out _));
}
