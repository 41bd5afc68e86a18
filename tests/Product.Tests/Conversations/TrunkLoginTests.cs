using System.Text;
using System.Text.Json;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Kit.Sip;
using CallCenter.Media.Codecs;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>A carrier that wants to know who calls: the trunk's account is set over the API and answers its challenge.</summary>
[Trait("Judges", "NoTime")]
public sealed class TrunkLoginTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData("1001", "hush", DigestVerdict.Right)]
    [InlineData("1003", "shout", DigestVerdict.Wrong)]
    public async Task A_challenged_call_goes_through_with_the_right_password_only(string extension, string password, DigestVerdict verdict)
    {
        using var oper = await product.Product.SignIn(tenant: null, user: "operator");
        await oper.Put("operator/trunks/demo-trunk", new { user = "firm", password });
        await using var phone = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        await using var trunk = new ScriptedSipPeer(product.Product.Sip, product.Product.TrunkPort);
        var digest = new DigestServer(new(Nonces.NewKey(), TimeSpan.FromMinutes(5), TimeProvider.System));
        string Challenge(SipRequest to) => Encoding.ASCII.GetString(digest.Challenge(SipWriter.Response(to, 407, "far"u8), "carrier", proxy: true).Finish());

        var desk = phone.Dial("913900139011");
        var first = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(Challenge(first));
        var second = (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Invite } r && r.CSeq.Number > first.CSeq.Number, "the INVITE with credentials");
        Assert.Equal(DigestClaimState.Ready, digest.Read(second, "carrier", out var claim, proxy: true));
        Assert.Equal(verdict, digest.Verify(claim, "INVITE"u8, claim.Algorithm.Ha1(claim.User, "carrier", "hush")));
        if (verdict == DigestVerdict.Right)
        {
            await trunk.Send(trunk.Response(second, 200, body: SdpText.Of(new(System.Net.IPAddress.Loopback, 30_000), AudioCodec.Pcmu)));
            await desk.Answered();
            await desk.HangUp();
            await trunk.Send(trunk.Response(await trunk.ExpectRequest(SipMethod.Bye), 200));
            return;
        }
        await trunk.Send(Challenge(second));
        await desk.Ended();
        var calls = await ProductApi.Until(
            async () => (await product.Acme.Get("calls?number=13900139011")).GetProperty("items"), items => items.GetArrayLength() > 0 && items[0].GetProperty("endedAt").ValueKind == JsonValueKind.String && items[0].GetProperty("ended").GetProperty("reason").GetString() == "unreachable",
            "the record", Patience.Usual);
        var facts = await product.Acme.Facts(calls[0].GetProperty("id").GetString()!);
        Assert.Equal("unreachable", facts.Of("reachEnded")[^1].GetProperty("why").GetString());
    }
}
