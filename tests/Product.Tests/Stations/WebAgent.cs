using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Gates;

namespace CallCenter.Product.Tests.Stations;

/// <summary>An agent who talks by a page: it does with the public API what the agents' page does.</summary>
/// <param name="extension">Null: an agent of the operator, which has none.</param>
sealed class WebAgent(ProductFixture product, ProductApi api, LiveWire desk, WebPhone web, string? extension) : IAsyncDisposable
{
    public LiveWire Desk => desk;
    public ProductApi Api => api;

    /// <summary>The page that has the station.</summary>
    public WebPhone Web { get; private set; } = web;

    public string Client { get; private set; } = Guid.NewGuid().ToString("n");
    public string Connection { get; private set; } = "";

    /// <summary>Signed in, with a browser for a station, connected.</summary>
    public static async Task<WebAgent> Start(ProductFixture product, IBrowser browser, string extension)
    {
        var api = await product.Product.SignIn(user: $"agent{extension}");
        await api.Put("me/station", new { kind = "browser" });
        var agent = new WebAgent(product, api, await LiveWire.Desk(product.Product, api, $"agent{extension}"), await WebPhone.Open(browser), extension);
        await agent.Connect();
        await product.AgentsFree("sales", 1);
        return agent;
    }

    /// <summary>The server's port of media, which says at which edge the path ends.</summary>
    public int MediaPort { get; private set; }

    /// <summary>An agent of the operator, connected; whose station is a browser, whatever was chosen.</summary>
    public static async Task<WebAgent> OfOperator(ProductFixture product, IBrowser browser, string user, string password)
    {
        var api = await ProductApi.SignIn(product.Product.Http, null, user, password);
        var agent = new WebAgent(product, api, await LiveWire.Desk(product.Product, api, user), await WebPhone.Open(browser), null);
        await agent.Connect();
        return agent;
    }

    /// <summary>The page's offer becomes the station's path.</summary>
    public async Task Connect(bool take = false)
    {
        var (status, answer) = await Post("me/station/connections", new { client = Client, sdp = await Web.Offer(), take });
        Assert.Equal(HttpStatusCode.Created, status);
        await Accept(answer);
    }

    async Task Accept(JsonElement answer)
    {
        var sdp = answer.GetProperty("sdp").GetString()!;
        Connection = answer.GetProperty("connection").GetString()!;
        MediaPort = int.Parse(sdp.Split("m=audio ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        await Web.Accept(sdp);
        await Web.Connects();
    }

    /// <summary>Its edge is lost: it offers anew until another one takes it in, as the agents' page does.</summary>
    public async Task Return()
    {
        await Web.Reload();
        var sdp = await Web.Offer();
        var (_, answer) = await ProductApi.Until(() => Post("me/station/connections", new { client = Client, sdp, take = false }), answered => answered.Status == HttpStatusCode.Created, "another edge", TimeSpan.FromSeconds(15));
        await Accept(answer);
    }

    /// <summary>The page is loaded again, and comes back as the same tab.</summary>
    public async Task Reload()
    {
        await Web.Reload();
        await Connect();
    }

    /// <summary>Another tab, or another machine, takes the station. The former page is left as it is.</summary>
    public async Task<WebPhone> MoveTo(WebPhone other)
    {
        var former = Web;
        (Web, Client) = (other, Guid.NewGuid().ToString("n"));
        await Connect(take: true);
        return former;
    }

    public async Task Restart()
    {
        var (status, answer) = await Post($"me/station/connections/{Connection}/sdp", new { sdp = await Web.Restart() });
        Assert.Equal(HttpStatusCode.OK, status);
        await Web.Accept(answer.GetProperty("sdp").GetString()!);
    }

    /// <summary>The next offer, shown on the screen.</summary>
    public async Task<JsonElement> Offered()
    {
        var (offer, _) = await desk.Next("offer");
        await Say(offer, "shown");
        return offer;
    }

    public async Task Say(JsonElement offer, string what) =>
        Assert.Equal(HttpStatusCode.NoContent, await api.Status(HttpMethod.Post, $"me/offers/{offer.GetProperty("call").GetString()}/{offer.GetProperty("epoch").GetInt64()}/{what}"));

    public async Task<(HttpStatusCode Status, JsonElement Answer)> Post(string path, object body)
    {
        using var answer = await api.Http.PostAsJsonAsync($"api/v1/{path}", body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Nobody stays signed in.</summary>
    public async ValueTask DisposeAsync()
    {
        await api.Status(HttpMethod.Delete, $"me/station/connections/{Connection}");
        if (extension is not null) await api.Put("me/station", new { kind = "phone" });
        await Web.Close();
        desk.Dispose();
        api.Dispose();
        if (extension is null) return;
        await ProductApi.Until(async () => (await product.Acme.Get($"agents/agent{extension}/presence")).GetProperty("presence").GetString(), p => p == "signedOut", $"{extension} signs out", Patience.Usual);
    }
}
