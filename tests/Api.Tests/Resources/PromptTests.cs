using System.Net.Http.Headers;

namespace CallCenter.Api.Tests.Resources;

/// <summary>Prompts of the tenant's own.</summary>
public sealed class PromptTests : IAsyncLifetime
{
    private RunningApi api = null!;
    private HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        admin = await api.SignedIn(A.Acme, "admin");
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await api.DisposeAsync();
    }

    private static HttpRequestMessage Upload(string path, byte[] file, string type = "audio/wav") =>
        new(HttpMethod.Put, path) { Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };

    [Fact]
    public async Task A_file_is_uploaded_listened_to_in_ranges_renamed_and_removed()
    {
        var made = await admin.Ask(Upload("/api/v1/prompts/holiday/audio?name=Holiday", "WAV 12345"u8.ToArray()));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var prompt = await made.Json();
        Assert.Equal(("Holiday", "zh-CN", 1000, 0), (prompt.GetProperty("name").GetString(), prompt.GetProperty("language").GetString(), prompt.GetProperty("durationMs").GetInt32(), prompt.GetProperty("usedBy").GetArrayLength()));

        var wanted = new HttpRequestMessage(HttpMethod.Get, "/api/v1/prompts/holiday/audio") { Headers = { Range = new RangeHeaderValue(4, 6) } };
        var part = await admin.Ask(wanted);
        Assert.Equal((HttpStatusCode.PartialContent, "123", "audio/wav"), (part.StatusCode, await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), part.Content.Headers.ContentType!.MediaType));

        Assert.Equal("Feiertag", (await (await admin.Put("/api/v1/prompts/holiday", new { name = "Feiertag" })).Json()).GetProperty("name").GetString());
        Assert.Single(api.Studio.Files);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/prompts/holiday")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/api/v1/prompts/holiday/audio")).StatusCode);
        Assert.Empty(api.Studio.Files);
    }

    [Fact]
    public async Task What_is_no_sound_is_refused_as_the_file_with_the_reason()
    {
        Assert.Equal(["file"], await (await admin.Ask(Upload("/api/v1/prompts/x/audio", "<script>"u8.ToArray()))).Wrong());
        Assert.Equal(["file"], await (await admin.Ask(Upload("/api/v1/prompts/x/audio", []))).Wrong());
        Assert.Equal(["file"], await (await admin.Ask(Upload("/api/v1/prompts/x/audio", "WAV"u8.ToArray(), "text/html"))).Wrong());
        Assert.Equal(["name"], await (await admin.Ask(Upload($"/api/v1/prompts/x/audio?name={new string('n', 101)}", "WAV"u8.ToArray()))).Wrong());
        var large = await admin.Ask(Upload("/api/v1/prompts/x/audio", new byte[PromptSettings.LargestFile + 1]));
        Assert.Equal(["is larger than 10 MB"], (await large.Json()).GetProperty("errors").GetProperty("file").EnumerateArray().Select(text => text.GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/api/v1/prompts/x")).StatusCode);
    }

    [Fact]
    public async Task A_file_of_ten_megabytes_is_taken_though_other_bodies_may_not_be_so_large()
    {
        var file = new byte[PromptSettings.LargestFile];
        "WAV"u8.CopyTo(file);
        Assert.Equal(HttpStatusCode.Created, (await admin.Ask(Upload("/api/v1/prompts/large/audio", file))).StatusCode);
    }

    [Fact]
    public async Task A_text_is_spoken_anew_only_when_it_or_its_language_changes()
    {
        Assert.Equal(["text"], await (await admin.Put("/api/v1/prompts/said", new { name = "Said" })).Wrong());
        Assert.Equal(["language"], await (await admin.Put("/api/v1/prompts/said", new { text = "Bonjour", language = "fr" })).Wrong());
        var first = await (await admin.Put("/api/v1/prompts/said", new { text = "Hello", language = "en-GB" })).Json();
        Assert.Equal(2000, first.GetProperty("durationMs").GetInt32());
        var renamed = await (await admin.Put("/api/v1/prompts/said", new { name = "Said" })).Json();
        Assert.Equal(first.GetProperty("sound").GetString(), renamed.GetProperty("sound").GetString());
        var other = await (await admin.Put("/api/v1/prompts/said", new { text = "Goodbye" })).Json();
        Assert.NotEqual(first.GetProperty("sound").GetString(), other.GetProperty("sound").GetString());
        Assert.Equal("WAV en-GB Goodbye", await (await admin.Get("/api/v1/prompts/said/audio")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_sound_before_the_last_one_is_kept_for_calls_under_way_and_no_other()
    {
        foreach (var text in new[] { "one", "two", "three" })
        {
            await admin.Put("/api/v1/prompts/said", new { text, language = "en" });
            await admin.Put("/api/v1/prompts/said", new { name = text });
        }
        Assert.Equal(["WAV en three", "WAV en two"], api.Studio.Files.Values.Select(System.Text.Encoding.UTF8.GetString).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_an_engine_no_text_is_spoken_and_the_answer_says_why()
    {
        api.Studio.Languages = [];
        var refused = await admin.Put("/api/v1/prompts/said", new { text = "Hello", language = "en" });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "speechMissing"), (refused.StatusCode, (await refused.Json()).GetProperty("code").GetString()));
        Assert.Empty((await (await admin.Get("/api/v1/voices")).Json()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_prompt_in_use_says_by_whom_and_is_not_removed()
    {
        await admin.Ask(Upload("/api/v1/prompts/tune/audio", "WAV"u8.ToArray()));
        await admin.Put("/api/v1/queues/sales", new { music = "tune" });
        await admin.Put("/api/v1/flows/play", new { name = "Plays", definition = new { schema = 2, start = "say", nodes = new { say = new { type = "play", prompts = new[] { new { id = "tune" } }, next = "end" }, end = new { type = "hangUp" } } } });
        var refused = await admin.Delete("/api/v1/prompts/tune");
        Assert.Equal((HttpStatusCode.Conflict, "In use by the flow play, the queue sales"), (refused.StatusCode, (await refused.Json()).GetProperty("detail").GetString()));
        var uses = (await (await admin.Get("/api/v1/prompts/tune")).Json()).GetProperty("usedBy").EnumerateArray().Select(use => $"{use.GetProperty("kind").GetString()} {use.GetProperty("name").GetString()}");
        Assert.Equal(["flow Plays", "queue 售前咨询"], uses);
    }

    [Fact]
    public async Task Flows_and_queues_name_no_prompt_that_does_not_exist()
    {
        Assert.Equal(["music"], await (await admin.Put("/api/v1/queues/sales", new { music = "nowhere" })).Wrong());
        var nodes = new { say = new { type = "play", prompts = new[] { new { id = "greeting" }, new { id = "nowhere" } }, next = "end" }, end = new { type = "hangUp" } };
        Assert.Equal(["definition.nodes.say.prompts[1].id"], await (await admin.Put("/api/v1/flows/play", new { name = "Plays", definition = new { schema = 2, start = "say", nodes } })).Wrong());
    }
}
