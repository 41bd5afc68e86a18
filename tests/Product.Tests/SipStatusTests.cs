using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Sip.Messages;

namespace CallCenter.Product.Tests;

/// <summary>What the product says no to, and by which status.</summary>
[Trait("Judges", "NoTime")]
public sealed class SipStatusTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_number_that_is_nobodys_is_404()
    {
        await using var caller = product.Caller();
        Assert.Equal(404, (await caller.Dial("4009999999").Final).Status);
    }

    [Fact]
    public async Task A_method_that_nobody_knows_is_501()
    {
        await using var caller = product.Caller();
        Assert.Equal(501, (await caller.Ask("DANCE", Numbers.AcmeMenu)).Status);
    }

    [Fact]
    public async Task A_known_method_that_is_not_served_is_405_and_says_what_is()
    {
        await using var caller = product.Caller();
        var answer = await caller.Ask("PUBLISH", Numbers.AcmeMenu);
        Assert.Equal(405, answer.Status);
        Assert.Contains("INVITE", answer.Text(HeaderName.Allow), StringComparison.Ordinal);
        Assert.DoesNotContain("PUBLISH", answer.Text(HeaderName.Allow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OPTIONS_is_answered()
    {
        await using var caller = product.Caller();
        Assert.Equal(200, (await caller.Ask("OPTIONS", Numbers.AcmeMenu)).Status);
    }

    [Fact]
    public async Task A_wrong_password_is_401_then_403_and_the_right_one_still_opens_for_others()
    {
        await using var phone = new Phone(product.Product.Sip, "1059", "acme.localhost");
        Assert.Equal(401, (await phone.TryRegister("wrong")).Status);
        var status = 401;
        for (var tries = 0; tries < 30 && status == 401; tries++) status = (await phone.TryRegister($"wrong{tries}")).Status;
        Assert.Equal(403, status);
        await using var other = await product.Agent("1057"); // same address, right digest: never throttled
    }

    [Fact]
    public async Task An_offer_without_a_codec_of_ours_is_488()
    {
        await using var caller = product.Caller();
        Assert.Equal(488, (await caller.Dial(Numbers.AcmeMenu, (Media.Codecs.AudioCodec)18).Final).Status); // G.729
    }

    [Fact]
    public async Task A_tenant_at_its_limit_is_busy_with_cause_17_and_frees_the_slot_again()
    {
        using var company = await product.Product.SignIn(tenant: null, user: "operator");
        await company.Put("operator/tenants/acme", new { callLimit = 1 });
        await using var one = product.Caller();
        await using var two = product.Caller();
        var call = one.Dial(Numbers.AcmeSales);
        await call.Answered();
        var refused = await two.Dial(Numbers.AcmeSales).Final;
        Assert.Equal(486, refused.Status);
        Assert.Matches(@"Q\.850\s*;\s*cause\s*=\s*17", refused.Text(HeaderName.Reason));
        Assert.Equal("platform tenantBusy tenant", (await product.Acme.Record(two.User)).Ended);
        await call.HangUp();
        await ProductApi.Until(async () => (await DialAndLeave()).Status, status => status == 200, "a free slot", Patience.Usual);
        await company.Put("operator/tenants/acme", new { callLimit = (int?)null });
    }

    [Fact]
    public async Task An_extension_calls_only_with_its_password()
    {
        await using var right = new Phone(product.Product.Sip, "1055", "acme.localhost");
        var call = right.Dial(Numbers.AcmeSales);
        await call.Answered();
        await call.HangUp();
        await using var wrong = new Phone(product.Product.Sip, "1053", "acme.localhost", password: "wrong");
        Assert.Contains((await wrong.Dial(Numbers.AcmeSales).Final).Status, new[] { 401, 403, 407 });
    }

    async Task<SipResponse> DialAndLeave()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        var answer = await call.Final;
        if (answer.Status == 200) await call.HangUp();
        return answer;
    }
}
