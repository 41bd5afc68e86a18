using System.Net.Sockets;
using CallCenter.Api.SignIn;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Tests.SignIn;

public sealed class SmtpMailerTests
{
    private static readonly Mail Letter = new("bob@example.com", "重置密码", "请打开链接\nhttps://acme.localhost/reset#pr.acme.1.secret\n");

    private static SmtpMailer To(int port) => new(new("127.0.0.1", port, "noreply@example.com", null, null, Tls: false), TimeProvider.System);

    [Fact]
    public async Task A_mail_goes_to_the_server_with_its_text_in_any_language()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var served = Serve(server, "250 ok");
        await To(((IPEndPoint)server.LocalEndpoint).Port).Send(Letter, TestContext.Current.CancellationToken);
        var heard = await served;
        Assert.Contains("MAIL FROM:<noreply@example.com>", heard, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<bob@example.com>", heard, StringComparison.Ordinal);
        var body = string.Concat(heard.Split("\n\n")[1].Split('\n').TakeWhile(line => line != "."));
        Assert.Equal(Letter.Text, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_in_words_without_the_mail()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var served = Serve(server, "550 no such mailbox");
        var fault = await Assert.ThrowsAsync<MailException>(() => To(((IPEndPoint)server.LocalEndpoint).Port).Send(Letter, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("secret", fault.ToString() + Letter, StringComparison.Ordinal);
        await served;
    }

    [Fact]
    public async Task Without_a_server_it_says_so() => await Assert.ThrowsAsync<MailException>(() => new SmtpMailer(null, TimeProvider.System).Send(Letter, TestContext.Current.CancellationToken));

    /// <summary>One conversation of a server that knows no extensions (RFC 5321 §4.1); what the client said.</summary>
    private static async Task<string> Serve(TcpListener server, string toRecipient)
    {
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 test");
        var (heard, inData) = (new System.Text.StringBuilder(), false);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            heard.Append(line).Append('\n');
            if (inData && line != ".") continue;
            inData = line == "DATA";
            await writer.WriteLineAsync(inData ? "354 go on" : line.StartsWith("RCPT", StringComparison.Ordinal) ? toRecipient : line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT") break;
        }
        return heard.ToString();
    }
}
