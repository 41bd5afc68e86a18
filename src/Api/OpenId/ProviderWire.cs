using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CallCenter.Api.OpenId;

/// <summary>
/// Asks a firm's identity provider. Whoever sets its address chooses where the platform connects to, so that only what <see cref="NetworkReach"/> allows is
/// reached, by the address that was looked at; nothing is followed, and nothing large or slow is waited for.
/// </summary>
internal sealed class ProviderWire : IDisposable
{
    /// <summary>For a whole answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of an answer; the documents of large providers have some 20,000.</summary>
    private const int Largest = 256 * 1024;

    private readonly NetworkReach reach;
    private readonly ILogger<ProviderWire> log;
    private readonly HttpClient client;

    public ProviderWire(NetworkReach reach, ILogger<ProviderWire> log)
    {
        (this.reach, this.log) = (reach, log);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = LongestConnect, PooledConnectionLifetime = ConnectionLife, ConnectCallback = Connect };
        client = new(handler) { Timeout = Longest, MaxResponseContentBufferSize = Largest };
    }

    /// <summary>The text at an address; null if it cannot be had.</summary>
    public Task<string?> Get(Uri address, CancellationToken stop) => Ask(new(HttpMethod.Get, address), stop);

    /// <summary>The answer to a form (RFC 6749 §4.1.3); null if it was refused.</summary>
    /// <param name="login">Basic authentication; null = what there is stands in the form.</param>
    public Task<string?> Post(Uri address, IEnumerable<KeyValuePair<string, string>> form, (string User, string Password)? login, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        if (login is { } given) request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{FormText(given.User)}:{FormText(given.Password)}")));
        return Ask(request, stop);
    }

    /// <summary>RFC 6749 §2.3.1 has both written as in a form first.</summary>
    private static string FormText(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private async Task<string?> Ask(HttpRequestMessage request, CancellationToken stop)
    {
        var host = request.RequestUri!.Host;
        if (!reach.Allows(request.RequestUri)) return Failed(host, "without TLS");
        try
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using (request)
            {
                using var answer = await client.SendAsync(request, stop);
                return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(stop) : Failed(host, ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidOperationException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Failed(host, fault.GetBaseException().GetType().Name);
        }
    }

    private string? Failed(string host, string why)
    {
        log.ProviderFailed(host, why);
        return null;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var allowed = Array.FindAll(found, reach.Allows);
        if (allowed.Length == 0) throw new HttpRequestException("it is at no address that may be reached");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => client.Dispose();
}

internal static partial class OpenIdLog
{
    [LoggerMessage(4301, LogLevel.Warning, "The identity provider at {Host} gave no answer: {Why}")]
    public static partial void ProviderFailed(this ILogger log, string host, string why);

    [LoggerMessage(4302, LogLevel.Warning, "A sign-in of {Tenant} by its identity provider failed: {Why}")]
    public static partial void SignInFailed(this ILogger log, string tenant, string why);
}
