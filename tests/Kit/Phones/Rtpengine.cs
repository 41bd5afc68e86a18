using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Time;

namespace CallCenter.Kit.Phones;

/// <summary>
/// rtpengine in user space, which speaks SRTP with keys in SDP (RFC 4568) towards the product and plain RTP towards a phone of ours. It is told
/// by its "ng" protocol: a cookie, a blank and a bencoded dictionary in a datagram.
/// </summary>
public sealed class Rtpengine : IAsyncDisposable
{
    const int MediaPorts = 60;

    readonly UdpClient control = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly SemaphoreSlim one = new(1);
    readonly IPEndPoint engine;
    readonly int media;
    readonly ChildProcess process;
    int cookie;

    Rtpengine(IPEndPoint engine, int media, ChildProcess process) => (this.engine, this.media, this.process) = (engine, media, process);

    public static async Task<Rtpengine> Start()
    {
        var (port, media) = (FreePorts.Take(), FreePorts.TakeRange(MediaPorts));
        var process = ChildProcess.Start("rtpengine",
            ["--config-file=none", "--foreground", "--log-stderr", "--log-level=6", "--table=-1", "--num-threads=2", "--interface=127.0.0.1", $"--listen-ng=127.0.0.1:{port}", $"--port-min={media}", $"--port-max={media + MediaPorts - 2}"], Path.GetTempPath());
        var started = new Rtpengine(new(IPAddress.Loopback, port), media, process);
        try
        {
            await started.Answers();
            return started;
        }
        catch (Exception fault) when (fault is TimeoutException or SocketException or InvalidOperationException)
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public string Output => process.Output;

    /// <summary>The way of a phone whose calls are to be secured by this suite alone.</summary>
    public ISdpWay Secured(string suite) => new Secure(this, suite);

    public async ValueTask DisposeAsync()
    {
        process.Terminate();
        await Task.WhenAny(process.Exits(TimeSpan.FromSeconds(3)), Task.Delay(TimeSpan.FromSeconds(3)));
        await process.DisposeAsync();
        control.Dispose();
        one.Dispose();
        FreePorts.GiveBack(engine.Port, media);
    }

    /// <summary>It is asked until it is there; what was asked before is lost.</summary>
    async Task Answers()
    {
        for (var tries = 50; ; tries--)
        {
            try
            {
                if ((await Ask(TimeSpan.FromSeconds(1), ("command", "ping"))).Contains("4:pong", StringComparison.Ordinal)) return;
            }
            catch (Exception fault) when (tries > 0 && fault is TimeoutException or SocketException)
            {
                if (process.HasExited) throw new InvalidOperationException($"rtpengine ended; it printed:\n{process.Output}", fault);
                await Task.Delay(50);
            }
        }
    }

    /// <summary>The session description of the answer.</summary>
    async Task<string> Sdp(params (string Name, object Value)[] asked)
    {
        var answer = await Ask(Patience.Usual, [.. asked, ("from-tag", "near"), ("ICE", "remove"), ("DTLS", "off"), ("replace", new[] { "origin" }), ("rtcp-mux", new[] { "demux" })]);
        const string key = "3:sdp";
        var at = answer.IndexOf(key, StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException($"rtpengine refused: {answer}");
        var colon = answer.IndexOf(':', at + key.Length);
        return answer.Substring(colon + 1, int.Parse(answer.AsSpan(at + key.Length, colon - at - key.Length), CultureInfo.InvariantCulture));
    }

    async Task<string> Ask(TimeSpan patience, params (string Name, object Value)[] asked)
    {
        await one.WaitAsync();
        try
        {
            var name = $"c{Interlocked.Increment(ref cookie)}";
            await control.SendAsync(Encoding.UTF8.GetBytes($"{name} {Bencode(asked)}"), engine);
            using var limit = new CancellationTokenSource(patience);
            while (true)
            {
                var text = Encoding.UTF8.GetString((await control.ReceiveAsync(limit.Token)).Buffer);
                if (text.StartsWith($"{name} ", StringComparison.Ordinal)) return text;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"rtpengine did not answer; it printed:\n{process.Output}");
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>A dictionary's keys stand in their order of bytes.</summary>
    static string Bencode(IEnumerable<(string Name, object Value)> dictionary) =>
        $"d{string.Concat(dictionary.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => Text(d.Name) + (d.Value is string[] list ? $"l{string.Concat(list.Select(Text))}e" : Text((string)d.Value))))}e";

    static string Text(string text) => string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)}:{text}");

    sealed class Secure(Rtpengine engine, string suite) : ISdpWay
    {
        static readonly string[] suites = ["AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_192_CM_HMAC_SHA1_80", "AES_192_CM_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32", "F8_128_HMAC_SHA1_80", "F8_128_HMAC_SHA1_32", "NULL_HMAC_SHA1_80", "NULL_HMAC_SHA1_32", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"];

        public Task<string> Offer(string call, string sdp, bool outwards) => engine.Sdp(("command", "offer"), ("call-id", call), ("sdp", sdp),
            ("transport-protocol", outwards ? "RTP/SAVP" : "RTP/AVP"), ("SDES", suites.Where(s => s != suite).Select(s => $"no-{s}").ToArray()));

        public Task<string> Answer(string call, string sdp) => engine.Sdp(("command", "answer"), ("call-id", call), ("sdp", sdp), ("to-tag", "far"));
    }
}
