using CallCenter.Domain.Desk;

namespace CallCenter.Domain.Tests.Desk;

public sealed class CtiSettingsTests
{
    static readonly CtiSettings None = CtiSettings.None(new("acme"));

    [Theory]
    [InlineData("https://crm.example.com/open?n={caller}&c={call}#{visit.order id}")]
    [InlineData("https://crm.example.com:8443/{firm}/{queue}/{agent}/{staffNumber}/{customer}")]
    [InlineData("https://crm.example.com")]
    public void An_address_with_known_fields_is_taken(string url) => Assert.Empty((None with { Url = url.Replace(" id", "") }).Check().AsEnumerable());

    [Theory]
    [InlineData("http://crm.example.com/{caller}", "must begin with https://")]
    [InlineData("javascript:alert({caller})", "must begin with https://")]
    [InlineData("https://{caller}.example.com/", "must have no field in the host")]
    [InlineData("https://crm.example.com{visit.x}/", "must have no field in the host")]
    [InlineData("https://user:word@crm.example.com/", "must be an address with a host, without a user")]
    [InlineData("https:///open", "must be an address with a host, without a user")]
    [InlineData("https://crm.example.com/{caller", "has a brace without its other half")]
    [InlineData("https://crm.example.com/caller}", "has a brace without its other half")]
    [InlineData("https://crm.example.com/{a{b}}", "has a brace without its other half")]
    [InlineData("https://crm.example.com/a b", "must have no spaces or control characters")]
    public void A_bad_address_says_why(string url, string why) => Assert.Contains(new("url", why), (None with { Url = url }).Check());

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var faults = (None with { Url = "http://{x}/{caller}/{number}/{visit.}", Origins = ["https://crm.example.com", "https://crm.example.com/", "http://crm.example.com", "https://*.example.com", "https://crm.example.com"] }).Check();
        Assert.Equal(["url", "url", "url", "url", "url", "origins[1]", "origins[2]", "origins[3]", "origins"], faults.Select(fault => fault.Field));
        Assert.Equal(["x", "number", "visit."], faults.Where(fault => fault.Text.StartsWith("names the field", StringComparison.Ordinal)).Select(fault => fault.Text.Split(' ')[3].TrimEnd(',')));
    }

    [Fact]
    public void Values_are_escaped_and_stay_in_their_place()
    {
        var filled = CrmUrl.Fill("https://crm.example.com/{customer}?n={caller}&o={visit.order}&e={queue}#x", field => field switch { "customer" => "../a/b", "caller" => "+86 138&x=1#y", "visit.order" => "订单 17", _ => null });
        Assert.Equal("https://crm.example.com/..%2Fa%2Fb?n=%2B86%20138%26x%3D1%23y&o=%E8%AE%A2%E5%8D%95%2017&e=#x", filled);
    }
}
