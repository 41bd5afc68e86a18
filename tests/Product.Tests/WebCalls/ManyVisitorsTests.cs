using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.WebCalls;

/// <summary>Many visitors at once, as far as signalling goes: none of them ever looks for a path.</summary>
[Trait("Judges", "NoTime")]
public sealed class ManyVisitorsTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const int Visitors = 100, PerAddress = 3;

    static readonly string offer = string.Join("\r\n",
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "m=audio 9 UDP/TLS/RTP/SAVPF 0 101", "c=IN IP4 0.0.0.0", "a=mid:0", "a=rtcp-mux", "a=ice-ufrag:GUnR", "a=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk",
        $"a=fingerprint:sha-256 {string.Join(':', Enumerable.Repeat("AB", 32))}", "a=setup:actpass", "a=rtpmap:0 PCMU/8000", "a=rtpmap:101 telephone-event/8000", "a=sendrecv", "");

    string Host => $"acme.localhost:{product.Product.HttpPort}";

    [Fact]
    public async Task A_hundred_get_through_beside_one_that_never_stops_asking()
    {
        await product.Acme.Put($"numbers/{Numbers.AcmeAll}/webcall", new { enabled = true, limit = 2 * (Visitors + PerAddress), perAddress = PerAddress });
        var greedy = Enumerable.Range(0, 60).Select(_ => Call("127.9.9.9")).ToArray();
        var fair = Enumerable.Range(1, Visitors).Select(n => Call($"127.1.{n / 100}.{n % 100 + 1}")).ToArray();
        var (refused, taken) = (await Task.WhenAll(greedy), await Task.WhenAll(fair));
        Assert.All(taken, one => Assert.Equal(HttpStatusCode.Created, one.Status));
        Assert.Equal(PerAddress, refused.Count(one => one.Status == HttpStatusCode.Created));
        Assert.All(refused, one => Assert.True(one.Status is HttpStatusCode.Created or HttpStatusCode.TooManyRequests, $"{one.Status}"));
        var opened = taken.Concat(refused).Where(one => one.Status == HttpStatusCode.Created).ToArray();
        await product.Waiting("all", opened.Length);
        foreach (var one in opened) Assert.Equal(HttpStatusCode.NoContent, await End(one.Answer));
        await product.Waiting("all", 0);
    }

    [Fact, Trait("Speed", "Long")]
    public async Task A_visitor_who_never_finds_a_path_is_lost_like_a_caller_whose_line_is_cut()
    {
        var (status, answer) = await Call("127.0.0.1", Numbers.AcmeSales);
        Assert.Equal(HttpStatusCode.Created, status);
        var record = await ProductApi.Until(async () => new CallRecord(await product.Acme.Get($"calls/{answer.GetProperty("call").GetString()}")), r => r.EndedAt is not null, "the end", TimeSpan.FromSeconds(45));
        Assert.StartsWith("trunk ", record.Ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_at_its_limit_says_that_it_is_busy()
    {
        using var boss = await product.Product.SignIn(null, "operator");
        await boss.Put("operator/tenants/acme", new { callLimit = 1 });
        try
        {
            var (first, opened) = await Call("127.0.0.1", Numbers.AcmeSales);
            var (second, refused) = await Call("127.0.0.1", Numbers.AcmeSales);
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.TooManyRequests, "tenantBusy"), (first, second, refused.GetProperty("code").GetString()));
            await End(opened);
        }
        finally
        {
            await boss.Put("operator/tenants/acme", new { callLimit = (int?)null });
        }
    }

    /// <param name="address">Of the visitor: all of 127.0.0.0/8 is this machine's.</param>
    async Task<(HttpStatusCode Status, JsonElement Answer)> Call(string address, string number = Numbers.AcmeAll)
    {
        using var client = From(address);
        var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/webcalls") { Content = JsonContent.Create(new { number, sdp = offer }) };
        request.Headers.Host = Host;
        request.Headers.Add("Origin", $"http://{Host}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    async Task<HttpStatusCode> End(JsonElement opened)
    {
        using var client = From("127.0.0.1");
        var request = new HttpRequestMessage(HttpMethod.Delete, $"api/v1/webcalls/{opened.GetProperty("call").GetString()}");
        request.Headers.Host = Host;
        request.Headers.Authorization = new("Bearer", opened.GetProperty("token").GetString());
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = product.Product.Http };
}
