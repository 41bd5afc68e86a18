using System.Net;
using System.Text;
using CallCenter.Kit.Processes;

namespace CallCenter.Product.Tests.WebCalls;

/// <summary>A firm's own web site, with the tag in a page of a strict policy. It stands on another port, which makes it another origin.</summary>
sealed class Shop : IAsyncDisposable
{
    readonly HttpListener listener = new();
    readonly Task serving;
    readonly string page, policy;
    readonly int own = FreePorts.Take();

    /// <param name="port">Of the product.</param>
    public Shop(int port)
    {
        var host = $"http://acme.localhost:{port}";
        Origin = $"http://acme.localhost:{own}";
        policy = $"default-src 'none'; script-src {host}; frame-src {host}";
        page = $"""<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1><script src="{host}/webcall.js" data-number="{Numbers.AcmeSales}" data-order="A-17" async></script></html>""";
        listener.Prefixes.Add($"http://*:{own}/");
        listener.Start();
        serving = Serve();
    }

    public string Origin { get; }

    async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await listener.GetContextAsync();
            }
            catch (Exception) when (!listener.IsListening)
            {
                return;
            }
            asked.Response.Headers["Content-Security-Policy"] = policy;
            asked.Response.ContentType = "text/html; charset=utf-8";
            await asked.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page));
            asked.Response.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
        FreePorts.GiveBack(own);
    }
}
