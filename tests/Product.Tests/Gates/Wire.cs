using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenter.Product.Tests.Gates;

/// <summary>HTTP as no proper client would speak it: bytes to the gateway, and what comes back.</summary>
sealed class Wire : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    readonly TcpClient client = new();
    readonly NetworkStream stream;

    public Wire(int port)
    {
        client.Connect(IPAddress.Loopback, port);
        stream = client.GetStream();
    }

    /// <summary>One request with these lines; an empty line and the body follow.</summary>
    public static async Task<WireAnswer> Ask(int port, string[] lines, string body = "")
    {
        using var wire = new Wire(port);
        await wire.Send(string.Join("\r\n", [.. lines, "Connection: close", "", body]));
        return await wire.Read();
    }

    public Task Send(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>All until the other side closes; nothing if it was cut.</summary>
    public async Task<WireAnswer> Read()
    {
        using var late = new CancellationTokenSource(Patience);
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, late.Token)) > 0;) bytes.Write(buffer, 0, read);
        }
        catch (IOException)
        {
            // reset after what was read: whoever sends too much is not heard out
        }
        return new(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    public void Dispose() => client.Dispose();
}

/// <param name="Text">Head and body as they came.</param>
sealed record WireAnswer(string Text)
{
    /// <summary>0: cut without a word.</summary>
    public int Status => Text.Split(' ', 3) is [_, var status, ..] && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public string Head => Text.Split("\r\n\r\n", 2)[0];

    public string? Header(string name) => Head.Split("\r\n").Skip(1).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
