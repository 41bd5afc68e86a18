using System.Net;
using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests;

/// <summary>Nodes of a flow beyond menu and queue, heard by a caller.</summary>
public sealed class FlowTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    /// <summary>Points a number at a flow of these nodes, which begins with "first".</summary>
    async Task Serve(string flow, string number, object nodes)
    {
        await product.Acme.Put($"flows/{flow}", new { name = flow, definition = new { schema = 2, start = "first", nodes } });
        await product.Acme.Put($"numbers/86-{number}", new { flow });
    }

    static readonly object Goodbye = new { type = "play", prompts = new[] { new { id = "goodbye" } }, next = "end" }, End = new { type = "hangUp" };

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_caller_leaves_a_voicemail_which_is_listened_to_and_deleted()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Press('9');
        await ProductApi.Until(async () => (await Facts(caller)).Kinds, kinds => kinds.Contains("voicemailStarted"), "the voicemail begins", TimeSpan.FromSeconds(15));
        call.Ear.SayTone(440);
        await Pause.For(3);
        await call.HangUp();
        await product.Acme.Record(caller.User);

        var mail = await ProductApi.Until(
            async () => (await product.Acme.Get("voicemails?box=sales&state=new")).GetProperty("items").EnumerateArray().FirstOrDefault(m => m.GetProperty("from").GetString() == caller.User),
            m => m.ValueKind == JsonValueKind.Object, "the voicemail", TimeSpan.FromSeconds(3));
        var id = mail.GetProperty("id").GetString();
        var wav = Wav.Read(await product.Acme.Http.GetByteArrayAsync(new Uri($"api/v1/voicemails/{id}/audio", UriKind.Relative), TestContext.Current.CancellationToken));
        var length = wav.Channel(0).Length * 1000.0 / Tone.Rate;
        Assert.InRange(length, 2500, 5000);
        Bars.Near(call.AnsweredAt, call.EndedAt, await BeforeVoicemail(product, caller) + length, within: 300);
        Assert.InRange(Tone.MedianSnr(wav.Channel(0)[^(2 * Tone.Rate)..], 440), 20, double.PositiveInfinity);

        using var globex = await product.Product.SignIn("globex");
        Assert.Equal(HttpStatusCode.NotFound, await globex.Status(HttpMethod.Get, $"voicemails/{id}/audio"));
        await product.Acme.Put($"voicemails/{id}", new { state = "heard" });
        Assert.Equal(HttpStatusCode.NoContent, await product.Acme.Status(HttpMethod.Delete, $"voicemails/{id}"));
        await ProductApi.Until(() => product.Acme.Status(HttpMethod.Get, $"voicemails/{id}"), status => status == HttpStatusCode.NotFound, "the voicemail is gone", TimeSpan.FromSeconds(3));
    }

    /// <summary>From the call's answer to the voicemail's first sound, ms.</summary>
    internal static async Task<double> BeforeVoicemail(ProductFixture product, Phone caller)
    {
        var (record, facts) = await product.Told(caller);
        return (facts.Of("voicemailStarted")[0].GetProperty("at").GetDateTimeOffset() - record.ConnectedAt!.Value).TotalMilliseconds;
    }

    async Task<CallFacts> Facts(Phone caller)
    {
        var call = (await product.Acme.Get($"calls?number={caller.User}")).GetProperty("items").EnumerateArray().FirstOrDefault();
        return call.ValueKind == JsonValueKind.Object ? await product.Acme.Facts(call.GetProperty("id").GetString()!) : new([]);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task Outside_of_its_hours_a_firm_says_goodbye()
    {
        await product.Acme.Put("hours/never", new { name = "never", week = Array.Empty<object>() });
        await Serve("closed", Numbers.AcmeAll, new { first = new { type = "hours", hours = "never", open = "queue", closed = "bye" }, queue = new { type = "queue", queue = "all" }, bye = Goodbye, end = End });
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Ended(10);
        var (record, facts) = await product.Told(caller);
        Assert.Equal("platform flowEnded nobody", record.Ended);
        Assert.Null(record.Queue);
        Assert.Contains("hoursAsked", facts.Kinds);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_flow_gives_its_caller_to_a_number_outside()
    {
        await Serve("out", Numbers.AcmeAll, new { first = new { type = "transfer", to = new { number = "13900139009" }, timeoutSeconds = 20, failed = "bye" }, bye = Goodbye, end = End });
        await using var outside = product.Outside();
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        call.Ear.SayTone(Ears.Customer);
        var far = await Talk.Pick(outside, Ears.Third);
        Assert.Equal("13900139009", far.Incoming.Uri.UserText);
        await Ears.Hear(far.Ear, Ears.Customer);
        await Ears.Hear(call.Ear, Ears.Third);
        await far.HangUp();
        await call.Ended();
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task Digits_that_are_masked_stand_in_no_fact()
    {
        const string Keys = "7*91"; // with a star: digits alone also stand in an instant's fraction
        await Serve("pin", Numbers.AcmeAll, new { first = new { type = "collect", prompts = new[] { new { id = "menu" } }, min = 4, max = 4, timeoutSeconds = 5, masked = true, next = "bye", failed = "end" }, bye = Goodbye, end = End });
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        await Heard.Sound(call.Ear);
        foreach (var key in Keys) await call.Press(key);
        await call.Ended(15);
        var (_, facts) = await product.Told(caller);
        var collected = Assert.Single(facts.Of("digitsCollected"));
        Assert.Equal(4, collected.GetProperty("count").GetInt32());
        Assert.DoesNotContain(Keys, facts.ToString(), StringComparison.Ordinal);
    }
}
