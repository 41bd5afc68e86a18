// Runs in every document of a tab before its own scripts: the microphone is a tone, what is heard can be listened to, and what the page's policy forbids is noted.
(() => {
  "use strict";
  const block = 4096;
  const seen = window.seen = { violations: [], phases: [] };
  document.addEventListener("securitypolicyviolation", (e) => seen.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
  let listening = null, rate = 48000;
  if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    await context.resume();
    const tone = new OscillatorNode(context, { frequency: 440 });
    const mouth = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    tone.connect(new GainNode(context, { gain: 0.25 })).connect(mouth);
    tone.start();
    return mouth.stream;
  };
  const hear = (stream) => {
    const context = new AudioContext();
    rate = context.sampleRate;
    const ear = context.createScriptProcessor(block, 1, 1);
    ear.onaudioprocess = (event) => listening?.(event.inputBuffer.getChannelData(0));
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(ear).connect(new GainNode(context, { gain: 0 })).connect(context.destination);
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...settings) {
      super(...settings);
      seen.peer = this;
      this.addEventListener("track", (event) => hear(new MediaStream([event.track])));
      this.addEventListener("connectionstatechange", () => { if (this.connectionState === "connected") seen.connectedAt ??= performance.now(); });
    }
  };
  document.addEventListener("click", (event) => { if (event.target.className === "start") seen.calledAt = performance.now(); }, true);
  const coded = (chunks) => {
    const bytes = new Uint8Array(2 * chunks.length * block);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const chunk of chunks) for (const sample of chunk) {
      view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(32767 * sample))), true);
      at += 2;
    }
    let text = "";
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
  };
  window.listen = (seconds) => new Promise((resolve) => {
    const chunks = [], wanted = Math.ceil(seconds * rate / block);
    listening = (samples) => {
      chunks.push(samples.slice());
      if (chunks.length < wanted) return;
      listening = null;
      resolve({ rate, samples: coded(chunks) });
    };
  });
  window.until = async (what, find) => {
    for (const end = performance.now() + 20000; performance.now() < end; await new Promise((wake) => setTimeout(wake, 20))) {
      const found = find();
      if (found) return found;
    }
    throw new Error(`waited for ${what}; the page says: ${document.body.innerText.slice(0, 500)}`);
  };
  window.named = (text) => [...document.querySelectorAll("button,label,input")].find((e) => (e.innerText ?? "").trim() === text);
  window.nameOf = (e) => (e?.getAttribute("aria-label") ?? e?.labels?.[0]?.innerText ?? e?.innerText ?? "").trim();
  // A page of another origin may ask its frame, as a test cannot: again and again, for nobody knows when the frame is there; done once.
  let done = 0;
  addEventListener("message", async ({ data, source, origin }) => {
    if (!data?.number || data.text === undefined) return;
    if (data.number > done && data.text) {
      done = data.number;
      (await window.until(data.text, () => window.named(data.text))).click();
    }
    source.postMessage({ reply: data.number, says: document.body.innerText, violations: seen.violations }, origin);
  });
  let asked = 0;
  window.askFrame = (text, within) => new Promise((resolve) => {
    const number = ++asked, end = performance.now() + within;
    const hear = ({ data }) => { if (data?.reply === number) finish(data); };
    const finish = (told) => { clearInterval(again); removeEventListener("message", hear); resolve(told); };
    addEventListener("message", hear);
    const again = setInterval(() => performance.now() > end ? finish(null) : document.querySelector("iframe")?.contentWindow.postMessage({ number, text }, "*"), 100);
  });
})();
