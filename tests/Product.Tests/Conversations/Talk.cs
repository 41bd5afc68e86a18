using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>A caller and an agent of sales who talk to each other, and what is done with their call.</summary>
sealed class Talk : IAsyncDisposable
{
    readonly ProductFixture product;
    readonly List<Phone> phones = [];

    Talk(ProductFixture product, string extension) => (this.product, Extension, Agent) = (product, extension, $"agent{extension}");

    public string Extension { get; }
    public string Agent { get; }
    public string Id { get; private set; } = "";
    public Phone AgentPhone { get; private set; } = null!;
    public Phone CallerPhone { get; private set; } = null!;

    /// <summary>The customer's side, and the agent's.</summary>
    public PhoneCall Customer { get; private set; } = null!;
    public PhoneCall Desk { get; private set; } = null!;
    public RtpEar Hears => Customer.Ear;

    /// <param name="extension">Odd: an agent of sales. Used by one test only.</param>
    public static async Task<Talk> Start(ProductFixture product, string extension)
    {
        var talk = new Talk(product, extension);
        talk.AgentPhone = await talk.Phone(extension);
        await product.AgentsFree("sales", 1);
        talk.CallerPhone = product.Caller();
        talk.phones.Add(talk.CallerPhone);
        talk.Customer = talk.CallerPhone.Dial(Numbers.AcmeSales);
        await talk.Customer.Answered();
        talk.Customer.Ear.SayTone(Ears.Customer);
        talk.Desk = await talk.AgentPhone.Rings();
        talk.Desk.Ear.SayTone(Ears.Agent);
        await talk.Desk.Answer();
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
        await Ears.Hear(talk.Hears, Ears.Agent);
        talk.Id = (await ProductApi.Until(
            async () => (await product.Acme.Get($"calls?number={talk.CallerPhone.User}")).GetProperty("items").EnumerateArray().FirstOrDefault(),
            call => call.ValueKind == JsonValueKind.Object, "the call's record", Patience.Usual)).GetProperty("id").GetString()!;
        return talk;
    }

    /// <summary>Another registered phone.</summary>
    public async Task<Phone> Phone(string extension, string password = RunningProduct.Password)
    {
        var phone = await product.Agent(extension, password: password);
        phones.Add(phone);
        return phone;
    }

    /// <summary>Waits until an agent's phone has signed it in.</summary>
    public Task SignedIn(string agent) => ProductApi.Until(
        async () => (await product.Acme.Get($"agents/{agent}/presence")).GetProperty("presence").GetString(), presence => presence == "available", $"{agent} signs in", Patience.Usual);

    /// <summary>The far end of the trunk: a phone at the address to which the product sends its calls.</summary>
    public Phone Outside()
    {
        var phone = product.Outside();
        phones.Add(phone);
        return phone;
    }

    /// <summary>Answers the next call at a phone, and says a tone.</summary>
    public static async Task<PhoneCall> Pick(Phone phone, double says)
    {
        var rung = await phone.Rings();
        rung.Ear.SayTone(says);
        await rung.Answer();
        return rung;
    }

    /// <summary>Asks something of the call, for the agent who talks.</summary>
    public Task Do(string command, object? body = null)
    {
        var form = JsonSerializer.SerializeToNode(body ?? new { })!.AsObject();
        form["agent"] = Agent;
        return product.Acme.Call($"/{Id}/{command}", form);
    }

    public Task<JsonElement> Live() => product.Acme.Get($"calls/{Id}/live");

    /// <summary>Record and facts, once the call is over.</summary>
    public Task<(CallRecord Record, CallFacts Facts)> Told() => product.Told(CallerPhone);

    public async Task<Wav> Recording(CallRecord record) => Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));

    public async ValueTask DisposeAsync()
    {
        for (var i = phones.Count - 1; i >= 0; i--) await phones[i].DisposeAsync();
    }
}
