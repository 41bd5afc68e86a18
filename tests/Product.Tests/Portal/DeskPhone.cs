using CallCenter.Kit.Browsers;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The desk of an agent who talks by the page itself: its microphone says a tone, and what the page plays can be heard.</summary>
sealed class DeskPhone(PortalPage page) : IAsyncDisposable
{
    /// <summary>In place of the microphone a tone, without the browser's own processing; and an ear on what arrives, as the test's own phone page has one.</summary>
    public const string Instrument = """
        (() => {
          const block = 4096;
          let context, listening = null;
          const tones = [];
          const sound = () => context ??= new AudioContext();
          navigator.mediaDevices.getUserMedia = async () => {
            const tone = new OscillatorNode(sound(), { frequency: window.mouth ?? 1000 });
            const mouth = new MediaStreamAudioDestinationNode(sound(), { channelCount: 1 });
            tone.connect(new GainNode(sound(), { gain: 0.25 })).connect(mouth);
            tone.start();
            tones.push(tone);
            return mouth.stream;
          };
          const hear = (track) => {
            const source = new MediaStreamAudioSourceNode(sound(), { mediaStream: new MediaStream([track]) });
            const ear = sound().createScriptProcessor(block, 1, 1);
            ear.onaudioprocess = (event) => listening?.(event.inputBuffer.getChannelData(0));
            source.connect(ear).connect(new GainNode(sound(), { gain: 0 })).connect(sound().destination);
          };
          const Peer = window.RTCPeerConnection;
          window.peers = [];
          window.RTCPeerConnection = class extends Peer {
            constructor(...options) {
              super(...options);
              window.peers.push(this);
              this.addEventListener("track", (event) => hear(event.track));
            }
          };
          window.phone = {
            say(hz) { window.mouth = hz; tones.forEach((tone) => { tone.frequency.value = hz; }); },
            listen: (seconds) => new Promise((resolve) => {
              const samples = [], wanted = Math.ceil(seconds * sound().sampleRate);
              listening = (heard) => {
                for (const sample of heard) samples.push(Math.max(-32768, Math.min(32767, Math.round(32767 * sample))));
                if (samples.length < wanted) return;
                listening = null;
                const bytes = new Uint8Array(Int16Array.from(samples).buffer);
                let text = "";
                for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
                resolve({ rate: sound().sampleRate, samples: btoa(text) });
              };
            }),
            async sent() {
              let packets = 0;
              for (const peer of window.peers) if (peer.connectionState !== "closed") for (const one of (await peer.getStats()).values()) if (one.type === "outbound-rtp") packets += one.packetsSent;
              return packets;
            },
          };
        })();
        """;

    bool closed;

    public PortalPage Page => page;

    public WebPhone Ear { get; } = new(page.Tab);

    /// <summary>Signs in and waits until calls come to the page.</summary>
    public static async Task<DeskPhone> Open(Chromium browser, RunningProduct product, string user, double says, string language = "en", string theme = "light")
    {
        var desk = await OpenTab(browser, product, says, language, theme);
        await desk.Page.SignIn(user);
        await desk.ByBrowser();
        await desk.Page.Shows("Ready: calls come to this page");
        return desk;
    }

    /// <summary>A tab of whoever is signed in already, or of nobody.</summary>
    public static async Task<DeskPhone> OpenTab(Chromium browser, RunningProduct product, double says, string language = "en", string theme = "light", string host = "acme.localhost") =>
        new(await PortalPage.Open(browser, product, "/desk", language, theme, host, first: $"window.mouth = {says:0};{Instrument}"));

    /// <summary>Has the station be the browser.</summary>
    async Task ByBrowser()
    {
        await page.Tab.Run("until('the choice', () => named('This browser', '.ant-segmented-item-label') && !document.querySelector('.ant-segmented-disabled')).then(() => 1)");
        await page.Click("This browser");
    }

    /// <summary>Signs out, and the station with it: nothing is offered to this agent any more.</summary>
    public async Task Leave()
    {
        await page.Click("Sign out");
        await page.Shows("Password");
    }

    /// <summary>How many packets of sound have left this tab.</summary>
    public async Task<long> Sent() => (await page.Tab.Run("phone.sent()")).GetInt64();

    public async ValueTask DisposeAsync()
    {
        if (!closed) await page.DisposeAsync();
        closed = true;
    }
}
