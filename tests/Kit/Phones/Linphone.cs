using System.Globalization;
using System.Net;
using CallCenter.Kit.Media;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Phones;

/// <summary>linphone's console: a softphone without a head that says a WAV file, keeps what it hears in another, and takes commands by its input.</summary>
public sealed class Linphone : IAsyncDisposable
{
    /// <summary>SRTP with keys by DTLS (RFC 5764).</summary>
    public const string Dtls = "dtls";

    readonly Scratch folder;
    readonly ChildProcess process;
    readonly int port, media;
    int calls;

    Linphone(Scratch folder, ChildProcess process, int port, int media) => (this.folder, this.process, this.port, this.media) = (folder, process, port, media);

    public string Output => process.Output;

    /// <summary>What it says of its work, such as what it has agreed upon.</summary>
    public string Log
    {
        get
        {
            using var log = new StreamReader(new FileStream(folder.File("log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return log.ReadToEnd();
        }
    }

    /// <summary>An extension that registers, of which it says nothing, and answers by itself.</summary>
    /// <param name="security">A suite of SRTP with keys in SDP, or <see cref="Dtls"/>; it then insists on it. Null: plain.</param>
    public static Task<Linphone> Extension(IPEndPoint edge, string user, string domain, double sayHz, string codec = "PCMU", string? security = null)
    {
        var account = $"""
            [proxy_0]
            reg_proxy=<sip:{edge};transport=udp>
            reg_route=<sip:{edge};transport=udp>
            reg_identity=sip:{user}@{domain}
            reg_expires=600
            reg_sendregister=1
            [auth_info_0]
            username={user}
            passwd=demo
            realm={domain}
            domain={domain}

            """;
        return Start(user, account, sayHz, codec, security, answers: true);
    }

    /// <summary>A caller from the trunk's address, who registers nowhere.</summary>
    public static Task<Linphone> Caller(string number, double sayHz, string codec = "PCMU", string? security = null) => Start(number, "", sayHz, codec, security, answers: false);

    public async Task Dial(string uri)
    {
        process.Say($"call {uri}");
        await Connected(++calls);
    }

    public Task Connected(int call = 1) => process.Prints(string.Create(CultureInfo.InvariantCulture, $"Call {call} with"), TimeSpan.FromSeconds(15));

    public async Task HangUp()
    {
        process.Say("terminate all");
        await Ends();
    }

    public Task Ends() => process.Prints(" ended", TimeSpan.FromSeconds(10));

    /// <summary>What it has heard; whole only after the call's end.</summary>
    public Wav Heard() => Wav.Read(File.ReadAllBytes(folder.File("hears.wav")));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Say("quit"); // it takes its binding back
            await Task.WhenAny(process.Exits(TimeSpan.FromSeconds(15)), Task.Delay(TimeSpan.FromSeconds(15)));
        }
        await process.DisposeAsync();
        folder.Dispose();
        FreePorts.GiveBack(port, media);
    }

    static async Task<Linphone> Start(string user, string account, double sayHz, string codec, string? security, bool answers)
    {
        var folder = new Scratch("linphone");
        var (port, media) = (FreePorts.Take(), FreePorts.TakeRange(4));
        File.WriteAllBytes(folder.File("says.wav"), new Wav(Tone.Rate, 1, Tone.Make(sayHz, TimeSpan.FromMinutes(1))).ToBytes());
        folder.Write("config", Config(user, port, media, security) + account);
        Directory.CreateDirectory(folder.File(".local/share/linphone")); // else it has no place for its own database
        var process = ChildProcess.Start("linphonec", [.. answers ? new[] { "-a" } : [], "-c", folder.File("config"), "-d", "5", "-l", folder.File("log")], folder.Path, new Dictionary<string, string> { ["HOME"] = folder.Path, ["LANG"] = "C" }, listens: true);
        var phone = new Linphone(folder, process, port, media);
        try
        {
            process.Say("soundcard use files"); // its prompt ends no line: what is said before it is read in its turn
            await process.Prints("Using wav files", TimeSpan.FromSeconds(20));
            process.Say($"play {folder.File("says.wav")}");
            process.Say($"record {folder.File("hears.wav")}");
            await phone.Speak(codec);
            return phone;
        }
        catch (TimeoutException)
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    static string Config(string user, int port, int media, string? security) => $"""
        [sip]
        sip_port={port}
        sip_tcp_port=0
        sip_tls_port=0
        contact=sip:{user}@127.0.0.1
        default_proxy=0
        media_encryption={security switch { null => "none", Dtls => Dtls, _ => "srtp" }}
        media_encryption_mandatory={(security is null ? 0 : 1)}
        srtp_crypto_suites={(security is Dtls ? null : security)}
        ping_with_options=0
        [rtp]
        audio_rtp_port={media}
        [net]
        firewall_policy=0
        [sound]
        echocancellation=0
        [video]
        enabled=0

        """;

    /// <summary>Nothing but this codec; those of a list are known by their numbers.</summary>
    async Task Speak(string codec)
    {
        process.Say("codec list");
        await process.Prints("G722 ", TimeSpan.FromSeconds(10));
        var line = process.Lines.First(l => l.Contains($"{codec} (", StringComparison.OrdinalIgnoreCase));
        process.Say("codec disable all");
        process.Say($"codec enable {line[..line.IndexOf(':', StringComparison.Ordinal)].Trim()}");
    }
}
