using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CallCenter.Kit.Media;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Time;

namespace CallCenter.Kit.Phones;

/// <summary>
/// A real softphone without a head: it says a WAV file, keeps what it hears in another, and is worked through its control
/// port (netstrings of JSON).
/// </summary>
public sealed class Baresip : IAsyncDisposable
{
    /// <summary>In which it has started, and registered.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    readonly Scratch folder = new("baresip");
    readonly int port = FreePorts.Take(), sip = FreePorts.Take(), media = FreePorts.TakeRange(20);
    readonly Channel<(JsonElement Event, long At)> events = Channel.CreateUnbounded<(JsonElement, long)>();
    readonly CancellationTokenSource stop = new();
    ChildProcess? process;
    TcpClient? control;
    Task reading = Task.CompletedTask;

    Baresip(string address) => Address = address;

    public string Address { get; }
    public ChildProcess Process => process ?? throw new InvalidOperationException("the phone was not started");

    /// <summary>An extension that registers and answers by itself if asked to.</summary>
    public static async Task<Baresip> Extension(IPEndPoint edge, string user, string domain, double sayHz, bool answers = false, string codec = "PCMU", bool tcp = false, Secrecy secrecy = Secrecy.None)
    {
        var phone = new Baresip($"sip:{user}@{domain}");
        await phone.Begin($"<sip:{user}@{domain}>;auth_user={user};auth_pass=demo;outbound=\"sip:{edge}{(tcp ? ";transport=tcp" : "")}\";regint=600;answermode={(answers ? "auto" : "manual")};audio_codecs={codec}{Secured(secrecy)}", sayHz, "200 OK"); // it registers as it starts, perhaps before anybody listens to its events
        return phone;
    }

    /// <summary>A caller from the trunk's address, who registers nowhere.</summary>
    public static async Task<Baresip> Caller(string number, double sayHz, string codec = "PCMU", Secrecy secrecy = Secrecy.None)
    {
        var phone = new Baresip($"sip:{number}@127.0.0.1");
        await phone.Begin($"<sip:{number}@127.0.0.1>;regint=0;audio_codecs={codec}{Secured(secrecy)}", sayHz, "baresip is ready");
        return phone;
    }

    static string Secured(Secrecy secrecy) => secrecy switch
    {
        Secrecy.Sdes => ";mediaenc=srtp-mand",
        Secrecy.Dtls => ";mediaenc=dtls_srtp",
        Secrecy.DtlsIce => ";mediaenc=dtls_srtp;medianat=ice",
        _ => "",
    };

    public Task Dial(string uri) => Command("dial", uri);
    public Task Accept() => Command("accept");
    public Task HangUp() => Command("hangup");
    public Task Hold() => Command("hold");
    public Task Resume() => Command("resume");

    /// <summary>Presses a key (RFC 4733).</summary>
    public Task Press(char key) => Command("sndcode", key.ToString());

    /// <summary>Waits for an event, such as CALL_ESTABLISHED; those before it are passed over. The instant at which it was read, ns of <see cref="Clock"/>: whoever waits for it may come later.</summary>
    public async Task<long> Sees(string type, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(10));
        var seen = new List<string>();
        try
        {
            while (true)
            {
                var (read, at) = await events.Reader.ReadAsync(limit.Token);
                var one = read.GetProperty("type").GetString()!;
                if (one == type) return at;
                seen.Add(one);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Address} waited for {type}; it saw {string.Join(", ", seen)}; it printed:\n{process?.Output}");
        }
    }

    /// <summary>What it has heard in its last call, 8 kHz. Whole only after the call's end.</summary>
    public short[] Heard() => HeardSound().Channel(0);

    /// <summary>The same with its rate, which is that of the codec.</summary>
    public Wav HeardSound()
    {
        var last = Directory.GetFiles(folder.Path, "dump-*-dec.wav").Order(StringComparer.Ordinal).LastOrDefault() ?? throw new InvalidOperationException($"{Address} heard nothing");
        return Wav.Read(File.ReadAllBytes(last));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        control?.Dispose();
        if (process is not null)
        {
            process.Terminate(); // it takes its binding back
            await Task.WhenAny(process.Exits(Patience.Usual), Task.Delay(Patience.Usual));
            await process.DisposeAsync();
        }
        await reading;
        FreePorts.GiveBack(port, sip, media);
        stop.Dispose();
        folder.Dispose();
    }

    /// <summary>A phone that does not come so far leaves nothing behind: no binding that would ring in the next test.</summary>
    async Task Begin(string account, double sayHz, string until)
    {
        try
        {
            await Start(account, sayHz);
            await Process.Prints(until, Soon);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    async Task Start(string account, double sayHz)
    {
        var says = folder.File("says.wav");
        File.WriteAllBytes(says, new Wav(Tone.Rate, 1, Tone.Make(sayHz, TimeSpan.FromMinutes(2))).ToBytes());
        folder.Write("accounts", account + "\n");
        folder.Write("contacts", "\n");
        folder.Write("config", Config(sip, port, media, says, muxes: account.Contains("medianat=ice", StringComparison.Ordinal)));
        process = ChildProcess.Start("baresip", ["-4", "-f", folder.Path], folder.Path);
        await process.Prints("baresip is ready", Soon);
        control = new TcpClient();
        await control.ConnectAsync(IPAddress.Loopback, port);
        reading = Read(control.GetStream());
    }

    /// <summary>aubridge without a partner swallows what is played; sndfile keeps what was decoded before that.</summary>
    string Config(int sip, int controlPort, int media, string says, bool muxes) => $"""
        poll_method epoll
        net_interface 127.0.0.1
        sip_listen 127.0.0.1:{sip}
        sip_trans_def udp
        audio_source aufile,{says}
        audio_player aubridge,nobody
        audio_alert aubridge,nothing
        audio_level no
        ausrc_srate 8000
        auplay_srate 8000
        ausrc_channels 1
        auplay_channels 1
        audio_buffer 20-160
        rtp_ports {media}-{media + 18}
        rtcp_mux {(muxes ? "yes" : "no")}
        call_local_timeout 120
        call_max_calls 4
        module_path {ModulePath}
        module g711.so
        module g722.so
        module opus.so
        module srtp.so
        module dtls_srtp.so
        module ice.so
        module aufile.so
        module aubridge.so
        module sndfile.so
        module_tmp account.so
        module_app menu.so
        module_app ctrl_tcp.so
        ctrl_tcp_listen 127.0.0.1:{controlPort}
        snd_path {folder.Path}

        """;

    static string ModulePath => Directory.Exists("/usr/lib/baresip/modules") ? "/usr/lib/baresip/modules" : "/usr/local/lib/baresip/modules";

    async Task Command(string command, string? parameters = null)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(parameters is null ? new { command } : (object)new { command, @params = parameters });
        byte[] netstring = [.. Encoding.ASCII.GetBytes($"{json.Length}:"), .. json, (byte)','];
        await (control ?? throw new InvalidOperationException("the phone was not started")).GetStream().WriteAsync(netstring);
    }

    async Task Read(NetworkStream from)
    {
        try
        {
            while (await ReadNetstring(from) is { } text)
            {
                var at = Clock.Now;
                using var json = JsonDocument.Parse(text);
                if (json.RootElement.TryGetProperty("event", out _)) events.Writer.TryWrite((json.RootElement.Clone(), at));
                else if (!json.RootElement.GetProperty("ok").GetBoolean()) events.Writer.TryComplete(new InvalidOperationException($"{Address} refused: {Encoding.UTF8.GetString(text)}"));
            }
            events.Writer.TryComplete();
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or OperationCanceledException)
        {
            events.Writer.TryComplete();
        }
    }

    /// <summary>LENGTH ":" BYTES ","; null at the end of the stream.</summary>
    async Task<byte[]?> ReadNetstring(NetworkStream from)
    {
        var one = new byte[1];
        for (var length = 0; ;)
        {
            if (await from.ReadAsync(one, stop.Token) == 0) return null;
            if (one[0] != ':')
            {
                length = 10 * length + (one[0] - '0');
                continue;
            }
            var text = new byte[length + 1];
            await from.ReadExactlyAsync(text, stop.Token);
            return text[..length];
        }
    }
}
