using System.Net;
using System.Net.Http.Headers;
using CallCenter.Kit.Media;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>Prompts of a tenant's own, as callers hear them.</summary>
[Trait("Judges", "NoTime")]
public sealed class OwnPromptTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    static byte[] ToneOf(double hz) => new Wav(Tone.Rate, 1, Tone.Make(hz, TimeSpan.FromSeconds(4))).ToBytes();

    async Task<HttpStatusCode> Upload(ProductApi api, string prompt, byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var answer = await api.Http.PutAsync(new Uri($"api/v1/prompts/{prompt}/audio", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    async Task CallHears(double hz)
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        await Heard.Purely(call.Ear, hz, seconds: 2);
        await call.HangUp();
    }

    [Fact]
    public async Task A_caller_hears_the_tone_that_was_uploaded_and_the_next_one_its_new_version()
    {
        Assert.Equal(HttpStatusCode.Created, await Upload(product.Acme, "tune", ToneOf(660)));
        Assert.Equal(HttpStatusCode.BadRequest, await Upload(product.Acme, "broken", ToneOf(660)[..200])); // cut off on its way
        await product.Acme.Put("flows/tune", new { name = "tune", definition = new { schema = 2, start = "say", nodes = new { say = new { type = "play", prompts = new[] { new { id = "tune" } }, next = "wait" }, wait = new { type = "queue", queue = "all" } } } });
        await product.Acme.Put($"numbers/86-{Numbers.AcmeAll}", new { flow = "tune" });
        await CallHears(660);
        Assert.Equal(HttpStatusCode.OK, await Upload(product.Acme, "tune", ToneOf(880)));
        await CallHears(880);
        Assert.Equal(HttpStatusCode.Conflict, await product.Acme.Status(HttpMethod.Delete, "prompts/tune"));
        using var globex = await product.Product.SignIn("globex");
        Assert.Equal(HttpStatusCode.NotFound, await globex.Status(HttpMethod.Get, "prompts/tune/audio"));
    }

    [Fact]
    public async Task Who_waits_in_a_queue_hears_the_music_that_was_uploaded()
    {
        Assert.Equal(HttpStatusCode.Created, await Upload(product.Acme, "waiting", ToneOf(550)));
        await product.Acme.Put("queues/support", new { music = "waiting" });
        await product.Acme.Put("flows/support", new { name = "support", definition = new { schema = 2, start = "pick", nodes = new { pick = new { type = "answer", next = "wait" }, wait = new { type = "queue", queue = "support" } } } });
        await product.Acme.Put($"numbers/86-{Numbers.AcmeSales}", new { flow = "support" });
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await Heard.Purely(call.Ear, 550, seconds: 2);
        await call.HangUp();
    }
}
