using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A mail server that keeps what comes for the test (RFC 5321), and knows no extensions.</summary>
sealed class Mailbox
{
    readonly TcpListener server = new(IPAddress.Loopback, 0);

    public Mailbox() => server.Start();

    public int Port => ((IPEndPoint)server.LocalEndpoint).Port;

    /// <summary>The text of the next mail.</summary>
    public async Task<string> Next()
    {
        using var client = await server.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 test");
        var (body, inData, inText) = (new StringBuilder(), false, false);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (inData && line != ".")
            {
                if (inText) body.Append(line);
                inText |= line.Length == 0;
                continue;
            }
            inData = line == "DATA";
            await writer.WriteLineAsync(inData ? "354 go on" : line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT") break;
        }
        return Encoding.UTF8.GetString(Convert.FromBase64String(body.ToString()));
    }
}
