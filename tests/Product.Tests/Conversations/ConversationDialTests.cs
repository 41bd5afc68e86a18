using System.Net;
using System.Text.Json;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>Agents call out: from the desktop, and by their phones.</summary>
[Trait("Judges", "NoTime")]
public sealed class ConversationDialTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task From_the_desktop_the_own_phone_rings_first()
    {
        await using var phone = await product.Agent("1001");
        await product.AgentsFree("sales", 1);
        await using var outside = product.Outside();
        using var self = await product.Product.SignIn("acme", "agent1001");
        var id = (await self.Call("", new { to = new { number = "13900139003" } })).GetProperty("id").GetString();
        var desk = await Talk.Pick(phone, Ears.Agent);
        Assert.Equal("13900139003", desk.CallerNumber);
        await Ears.Music(desk.Ear); // the tone of ringing
        var far = await Talk.Pick(outside, Ears.Customer);
        Assert.Equal(("01012345678", "13900139003"), (far.CallerNumber, far.Incoming.Uri.UserText));
        await Ears.Hear(desk.Ear, Ears.Customer);
        await Ears.Hear(far.Ear, Ears.Agent);
        await far.HangUp();
        await desk.Ended();
        await Reported(id!, "outbound", "13900139003", recordings: 1);
    }

    [Fact]
    public async Task By_the_phone_itself()
    {
        await using var phone = await product.Agent("1003");
        await product.AgentsFree("sales", 1);
        await using var outside = product.Outside();
        var desk = phone.Dial("913900139004");
        var far = await Talk.Pick(outside, Ears.Customer);
        await desk.Answered();
        desk.Ear.SayTone(Ears.Agent);
        await Ears.Hear(desk.Ear, Ears.Customer);
        await Ears.Hear(far.Ear, Ears.Agent);
        await desk.HangUp();
        await far.Ended();
        var call = await Newest("13900139004");
        Assert.Equal(["agent1003"], call.Agents);
        var dialler = call.Json.GetProperty("dialledBy");
        Assert.Equal(("01012345678", "agent1003", "1003"), (call.From, dialler.GetProperty("agent").GetString(), dialler.GetProperty("extension").GetString()));
    }

    [Fact]
    public async Task An_extension_calls_another()
    {
        await using var one = await product.Agent("1005");
        await using var two = await product.Agent("1006");
        await product.AgentsFree("support", 1);
        var desk = one.Dial("1006");
        var other = await Talk.Pick(two, Ears.Third);
        await desk.Answered();
        desk.Ear.SayTone(Ears.Agent);
        await Ears.Hear(desk.Ear, Ears.Third);
        await Ears.Hear(other.Ear, Ears.Agent);
        await other.HangUp();
        await desk.Ended();
    }

    [Fact]
    public async Task A_tenant_that_may_not_call_out_does_not()
    {
        await using var phone = await product.Agent("1001", "globex.localhost");
        var refused = phone.Dial("13900139005");
        Assert.Equal(403, (await refused.Final).Status);
    }

    [Fact]
    public async Task A_number_that_may_not_be_shown_is_not()
    {
        await using var phone = await product.Agent("1007");
        await product.AgentsFree("sales", 1);
        await using var outside = product.Outside();
        using var self = await product.Product.SignIn("acme", "agent1007");
        var id = (await self.Call("", new { to = new { number = "13900139006" }, shown = Numbers.AcmeSales })).GetProperty("id").GetString();
        var desk = await Talk.Pick(phone, Ears.Agent);
        await desk.Ended();
        Assert.False(outside.TryRing(out _));
        Assert.Equal(id, (await Newest("13900139006")).Id);
        var facts = await product.Acme.Facts(id!);
        Assert.Equal("identityNotAllowed", facts.Of("reachEnded")[^1].GetProperty("refused").GetString());
    }

    [Fact]
    public async Task Without_a_phone_nobody_can_be_called()
    {
        using var self = await product.Product.SignIn("acme", "agent1009");
        Assert.Equal(HttpStatusCode.Conflict, await self.Status(HttpMethod.Post, "calls", new { to = new { number = "13900139007" } }));
    }

    async Task Reported(string id, string direction, string to, int recordings)
    {
        var record = await Ended(async () => await product.Acme.Get($"calls/{id}"));
        Assert.Equal((direction, "01012345678", to, recordings), (record.Direction, record.From, record.To, record.Recordings.Length));
        Assert.True(record.TTalk > 0);
    }

    Task<CallRecord> Newest(string number) => Ended(async () => (await product.Acme.Get($"calls?number={number}")).GetProperty("items").EnumerateArray().FirstOrDefault());

    static async Task<CallRecord> Ended(Func<Task<JsonElement>> ask) =>
        new(await ProductApi.Until(ask, call => call.ValueKind == JsonValueKind.Object && call.TryGetProperty("endedAt", out var ended) && ended.ValueKind == JsonValueKind.String, "the record", Patience.Usual));
}
