using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Kit.Browsers;

/// <summary>A phone in a browser's page (<c>phone.html</c>): it says a tone and hears. Its session descriptions are carried by the test, in SIP or from page to page.</summary>
public sealed class WebPhone(IBrowserPage page)
{
    static readonly JsonSerializerOptions camelCase = new(JsonSerializerDefaults.Web);

    /// <summary>What becomes of a description before the page gets it: a network that lets only some candidates through.</summary>
    public Func<string, string> Filter { get; set; } = static sdp => sdp;

    public static async Task<WebPhone> Open(IBrowser browser) => new(await browser.Open(new(Path.Combine(AppContext.BaseDirectory, "Browsers", "phone.html"))));

    // The page's own part

    /// <param name="codecs">Such as PCMU or opus, in order of liking; none: as the browser likes.</param>
    public async Task<string> Offer(params string[] codecs) => Text(await page.Run($"phone.offer({(codecs.Length == 0 ? "null" : Quoted(codecs))})"));

    /// <summary>Another offer with new ICE credentials.</summary>
    public async Task<string> Restart() => Text(await page.Run("phone.restart()"));

    public Task Accept(string answer) => page.Run($"phone.accept({Quoted(Filter(answer))})");

    public async Task<string> Answer(string offer) => Text(await page.Run($"phone.answer({Quoted(Filter(offer))})"));

    /// <summary>ICE and DTLS are done.</summary>
    public Task Connects(double within = 10) => page.Run(string.Create(CultureInfo.InvariantCulture, $"phone.connects({within * 1000})"));

    /// <summary>RTCPeerConnection.connectionState.</summary>
    public async Task<string> State() => Text(await page.Run("phone.state()"));

    /// <param name="hz">0 = silence.</param>
    public Task Say(double hz) => page.Run(string.Create(CultureInfo.InvariantCulture, $"phone.say({hz})"));

    /// <summary>What comes from now on.</summary>
    public async Task<Wav> Listen(double seconds)
    {
        var heard = await page.Run(string.Create(CultureInfo.InvariantCulture, $"phone.listen({seconds})"));
        var bytes = heard.GetProperty("samples").GetBytesFromBase64();
        return new(heard.GetProperty("rate").GetInt32(), 1, MemoryMarshal.Cast<byte, short>(bytes).ToArray());
    }

    /// <summary>How purely a tone is heard, in dB: the best of some seconds, since a jitter buffer that settles stretches the first.</summary>
    public async Task<double> Hears(double hz, double enough = 15, int tries = 5)
    {
        var best = double.NegativeInfinity;
        for (var i = 0; i < tries && best < enough; i++)
        {
            var sound = await Listen(1);
            best = Math.Max(best, Tone.MedianSnr(sound.Channel(0), hz, sound.Rate));
        }
        return best;
    }

    /// <summary>From now on it notes when a tone begins; <see cref="Begun"/> tells.</summary>
    public Task Await(double hz) => page.Run(string.Create(CultureInfo.InvariantCulture, $"phone.await({hz})"));

    public async Task<DateTimeOffset> Begun(double within = 3) =>
        DateTimeOffset.UnixEpoch.AddMilliseconds((await page.Run(string.Create(CultureInfo.InvariantCulture, $"phone.begun({within * 1000})"))).GetDouble());

    /// <summary>By RTCDTMFSender, 100 ms each.</summary>
    public Task Press(string keys) => page.Run($"phone.press({Quoted(keys)})");

    public async Task<WebFigures> Figures() => (await page.Run("phone.figures()")).Deserialize<WebFigures>(camelCase)!;

    public Task HangUp() => page.Run("phone.hangUp()");

    /// <summary>Whatever it held is gone: it calls anew.</summary>
    public Task Reload() => page.Reload();

    public Task Close() => page.Close();

    // With a SIP phone that carries its descriptions

    /// <summary>Calls a number and talks once this returns.</summary>
    public async Task<PhoneCall> Dial(Phone carrier, string number, params string[] codecs)
    {
        var call = carrier.Dial(number, await Offer(codecs), Answer);
        await call.Answered();
        await Accept(Encoding.UTF8.GetString((await call.Final).Body.Span));
        await Connects();
        return call;
    }

    /// <summary>Takes a call that rings at the carrier, and talks once this returns.</summary>
    public async Task Take(PhoneCall rung)
    {
        await rung.Answer(Answer);
        await Connects();
    }

    /// <summary>An ICE restart in the middle of a call.</summary>
    public async Task Restart(PhoneCall call) => await Accept(await call.Exchange(await Restart()));

    static string Quoted<T>(T value) => JsonSerializer.Serialize(value);

    static string Text(JsonElement value) => value.GetString() ?? throw new InvalidDataException("the page said nothing");
}

/// <summary>What the browser counts.</summary>
/// <param name="Lost">Of what the browser is sent.</param>
/// <param name="LostThere">Of what it sends, as the other side reports.</param>
/// <param name="Protocol">udp or tcp, of the path in use.</param>
/// <param name="Port">Its own, of the path in use.</param>
/// <param name="Srtp">The profile, where the browser tells it.</param>
/// <param name="Played">Samples that left the jitter buffer.</param>
/// <param name="Kept">How long these were in it, s, added up; <paramref name="Aimed"/> is how long it meant to keep them.</param>
/// <param name="Concealed">Samples that it made up.</param>
public sealed record WebFigures(long Received, long Lost, long Sent, long LostThere, string Codec, string Protocol, int Port, string Srtp, long Played, double Kept, double Aimed, long Concealed)
{
    /// <summary>How long the jitter buffer kept what was played since other figures were taken, and how long it meant to, ms.</summary>
    public (double Kept, double Aimed) Buffer(WebFigures since) => (1000 * (Kept - since.Kept) / Math.Max(1, Played - since.Played), 1000 * (Aimed - since.Aimed) / Math.Max(1, Played - since.Played));
}
