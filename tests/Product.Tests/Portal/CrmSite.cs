using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallCenter.Kit.Ports;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A firm's own CRM: a page that shows the desk in a frame, opens it in a window by its button, and notes what it is told. By TLS, and by its port another origin than the portal.</summary>
sealed class CrmSite : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly X509Certificate2 certificate;
    readonly byte[] answer;
    readonly Task serving;

    public CrmSite(string host, Uri desk)
    {
        var (chain, key) = Certificates.For(host);
        certificate = X509Certificate2.CreateFromPem(chain, key);
        var page = Encoding.UTF8.GetBytes($$"""
            <!doctype html><html lang="en"><title>CRM</title>
            <iframe src="{{desk}}"></iframe><button>Open the desk</button>
            <script>
              window.heard = [];
              addEventListener("message", ({ origin, source, data }) => heard.push(`${origin} ${source === document.querySelector("iframe").contentWindow ? "frame" : "window"} ${data.source} ${data.event.kind} ${data.event.call ?? ""}`));
              document.querySelector("button").onclick = () => open("{{desk}}");
            </script></html>
            """);
        answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {page.Length}\r\nConnection: close\r\n\r\n"), .. page];
        listener.Start();
        Origin = $"https://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}";
        serving = Serve();
    }

    public string Origin { get; }

    async Task Serve()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var line = new SslStream(client.GetStream());
                await line.AuthenticateAsServerAsync(certificate);
                if (await line.ReadAsync(new byte[16 * 1024]) > 0) await line.WriteAsync(answer);
            }
            catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
            {
                // a browser opens connections that it does not use
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
        certificate.Dispose();
    }
}
