using System.Text;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;
using Microsoft.Extensions.Options;

namespace CallCenter.Edge.Tests;

/// <summary>The setting <c>Media:Codecs</c>.</summary>
public sealed class CodecSettingTests
{
    [Theory]
    [InlineData("PCMU,GSM", "Media:Codecs: 'GSM' is no codec; there are PCMU, PCMA, G722, opus")]
    [InlineData("PCMU,PCMU", "Media:Codecs: PCMU stands there twice")]
    [InlineData("", "Media:Codecs: '' is no codec; there are PCMU, PCMA, G722, opus")]
    public async Task A_list_that_is_wrong_refuses_the_start_and_is_named(string list, string fault)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeScene.Start(("Media:Codecs", list)));
        Assert.Contains(refused.Failures, told => told.Replace("Property ", "", StringComparison.Ordinal) == fault);
    }

    [Fact]
    public async Task What_is_not_listed_is_neither_taken_nor_offered()
    {
        await using var scene = await EdgeScene.Start(("Media:Codecs", "PCMA"));
        var phone = await scene.Phone();
        var caller = scene.Peer();
        Assert.Equal(488, (await caller.Ask(caller.Invite("wide", body: Dialling.Sdp(formats: "9 0 101")))).Status);
        await caller.Send(caller.Invite("narrow", body: Dialling.Sdp(formats: "9 0 8 101")));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(new("caller")), new RingStation(new("agent-1"), "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        Assert.Contains("RTP/AVP 8 101\r\n", Encoding.UTF8.GetString((await caller.ExpectResponse()).Body.Span), StringComparison.Ordinal);
        Assert.Contains("RTP/AVP 8 101\r\n", Encoding.UTF8.GetString((await phone.ExpectRequest(SipMethod.Invite)).Body.Span), StringComparison.Ordinal);
    }
}
