using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Messages;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.com", "alice", "", "atlanta.com", 0, "", "")]
    [InlineData("sip:alice:secretword@atlanta.com;transport=tcp", "alice", "secretword", "atlanta.com", 0, ";transport=tcp", "")]
    [InlineData("sips:alice@atlanta.com?subject=project%20x&priority=urgent", "alice", "", "atlanta.com", 0, "", "subject=project%20x&priority=urgent")]
    [InlineData("sip:+1-212-555-1212:1234@gateway.com;user=phone", "+1-212-555-1212", "1234", "gateway.com", 0, ";user=phone", "")]
    [InlineData("sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com", "", "", "atlanta.com", 0, ";method=REGISTER", "to=alice%40atlanta.com")]
    [InlineData("sip:alice;day=tuesday@atlanta.com", "alice;day=tuesday", "", "atlanta.com", 0, "", "")]
    [InlineData("sip:1001@[2001:db8::1]:5070;lr", "1001", "", "[2001:db8::1]", 5070, ";lr", "")]
    [InlineData("SIP:192.0.2.4:5060", "", "", "192.0.2.4", 5060, "", "")]
    public void The_parts_of_a_URI_are_found(string text, string user, string password, string host, int port, string parameters, string headers)
    {
        var uri = A.Uri(text);
        Assert.Equal((user, password, host, port, parameters, headers),
            (S(uri.User), S(uri.Password), S(uri.Host), uri.Port, S(uri.Parameters), S(uri.Headers)));
    }

    static string S(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("alice@atlanta.com")]
    [InlineData("sip:@atlanta.com")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:alice@")]
    [InlineData("sip:alice@atlanta.com:0")]
    [InlineData("sip:alice@atlanta.com:65536")]
    [InlineData("sip:alice@atlanta.com:")]
    [InlineData("sip:al ice@atlanta.com")]
    [InlineData("sip:al%4@atlanta.com")]
    [InlineData("sip:alice@[::1")]
    [InlineData("sip:alice@[192.0.2.1]")]
    [InlineData("sip:alice@atlanta..com")]
    [InlineData("sip:alice@atlanta.com;=x")]
    [InlineData(" sip:alice@atlanta.com")]
    public void What_is_no_URI_is_refused(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Theory] // RFC 3261 §19.1.4
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on")]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    public void Equal_URIs_of_the_RFC_match_both_ways(string left, string right)
    {
        Assert.True(A.Uri(left).Matches(A.Uri(right)));
        Assert.True(A.Uri(right).Matches(A.Uri(left)));
    }

    [Theory] // RFC 3261 §19.1.4
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:a%3Bb@chicago.com", "sip:a;b@chicago.com")]
    [InlineData("sip:a@b.com", "sips:a@b.com")]
    public void Unequal_URIs_of_the_RFC_do_not_match(string left, string right)
    {
        Assert.False(A.Uri(left).Matches(A.Uri(right)));
        Assert.False(A.Uri(right).Matches(A.Uri(left)));
    }

    [Fact]
    public void A_user_with_odd_characters_is_escaped_and_read_back()
    {
        var text = AddressText.Uri("a b@c\r\n:ü", "192.0.2.1", 5070, ";lr");
        Assert.Equal("a b@c\r\n:ü", A.Uri(text).UserText);
        Assert.Equal(5070, A.Uri(text).PortOrDefault);
    }
}
