using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Dialogs;

public sealed class UasRulesTests
{
    [Theory]
    [InlineData("X: y", "OPTIONS", 0)]
    [InlineData("X: y", "FROBNICATE", 501)]
    [InlineData("X: y", "SUBSCRIBE", 405)]
    [InlineData("Require: 100rel", "INVITE", 420)]
    [InlineData("Accept: application/sdp", "INVITE", 0)]
    [InlineData("Accept: application/*;q=0.1", "INVITE", 0)]
    [InlineData("Accept: text/plain", "INVITE", 406)]
    public void Requests_are_judged_in_the_order_of_section_8_2(string header, string method, int status) =>
        Assert.Equal(status, A.Rules.Check(A.Request(A.Options(header, method)))?.Status ?? 0);

    [Theory]
    [InlineData("Content-Type: application/sdp", 0)]
    [InlineData("Content-Type: Application/SDP;charset=utf-8", 0)]
    [InlineData("Content-Type: text/plain", 415)]
    [InlineData("Content-Type: text/plain\nContent-Disposition: session;handling=optional", 0)]
    [InlineData("Content-Type: application/sdp\nContent-Encoding: gzip", 415)]
    public void A_body_that_cannot_be_read_is_refused_unless_it_may_be_ignored(string headers, int status) =>
        Assert.Equal(status, A.Rules.Check(A.Request(A.Invite.Replace("Content-Type: application/sdp", headers, StringComparison.Ordinal)))?.Status ?? 0);

    [Fact]
    public void An_INVITE_without_hops_left_is_refused_but_a_BYE_is_not()
    {
        Assert.Equal(483, A.Rules.Check(A.Request(A.Invite.Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal)))?.Status);
        Assert.Null(A.Rules.Check(A.Request(A.Options("X: y", "BYE").Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_405_names_what_is_allowed_and_a_420_what_is_not_understood()
    {
        Assert.Equal((HeaderName.Allow, A.Rules.Allow), (A.Rules.Check(A.Request(A.Options("X: y", "MESSAGE")))!.Header, "INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER, UPDATE, INFO"));
        Assert.Equal("100rel, foo", A.Rules.Check(A.Request(A.Options("Require: 100rel, foo")))!.Value);
    }
}
