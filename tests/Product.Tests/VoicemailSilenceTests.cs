using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>Callers who leave a message and say nothing any more, or nothing at all.</summary>
[Trait("Judges", "NoTime")]
public sealed class VoicemailSilenceTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_caller_who_falls_silent_is_thanked_and_the_message_is_kept()
    {
        await using var caller = product.Caller();
        var call = await AfterTheBeep(caller);
        call.Ear.SayTone(440);
        await Pause.For(3);
        var muted = Clock.Now;
        call.Ear.Mute();
        call.Ear.Forget();
        await Heard.Sound(call.Ear, within: 10); // thank you, goodbye
        await call.Ended(10);
        var mail = await ProductApi.Until(async () => (await Mails(caller)).FirstOrDefault(), m => m.ValueKind == JsonValueKind.Object, "the voicemail", TimeSpan.FromSeconds(3));
        var length = mail.GetProperty("length").GetInt64();
        Assert.InRange(length, 7_500, 10_000); // three seconds of words, five of silence
        Bars.Near(call.AnsweredAt, muted, await FlowTests.BeforeVoicemail(product, caller) + length - 5_000, within: 300);
    }

    [Fact]
    public async Task Of_a_caller_who_says_nothing_no_sound_is_kept()
    {
        await using var caller = product.Caller();
        var call = await AfterTheBeep(caller);
        await call.Ended(15);
        var record = await product.Acme.Record(caller.User);
        Assert.Contains("voicemailDropped", (await product.Acme.Facts(record.Id)).Kinds);
        Assert.Empty(await Mails(caller));
        await ProductApi.Until(() => Task.FromResult(Files(record.Id)), files => files.Length == 0, "the files are gone", TimeSpan.FromSeconds(3));
    }

    async Task<PhoneCall> AfterTheBeep(Phone caller)
    {
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Press('9');
        await ProductApi.Until(
            async () => (await product.Acme.Get($"calls?number={caller.User}")).GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } found && (await product.Acme.Facts(found.GetProperty("id").GetString()!)).Kinds.Contains("voicemailStarted"),
            began => began, "the voicemail begins", TimeSpan.FromSeconds(15));
        return call;
    }

    async Task<JsonElement[]> Mails(Phone caller) =>
        [.. (await product.Acme.Get("voicemails?box=sales")).GetProperty("items").EnumerateArray().Where(m => m.GetProperty("from").GetString() == caller.User)];

    string[] Files(string call) => [.. Directory.EnumerateFiles(product.Product.Data, "*", SearchOption.AllDirectories).Where(file => file.Contains($"{Path.DirectorySeparatorChar}{call}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
}
