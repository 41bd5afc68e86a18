import * as api from "./api";
import type { Words } from "./texts";

export type Phase = keyof Words["states"];
export type Fault = keyof Words["faults"];

/** How often the call is asked how it is, ms. */
const look = 1000;

/** As long as a path that went may be looked for anew, ms. */
const patience = 15_000;

const faultOf = (fault: unknown): Fault => {
  if (fault instanceof DOMException) return fault.name === "NotFoundError" ? "noMicrophone" : fault.name === "NotAllowedError" ? "microphoneDenied" : "failed";
  if (!(fault instanceof api.Refusal)) return "failed";
  switch (fault.message) {
    case "notFound": case "originNotAllowed": case "consentWanted": case "consentChanged": return fault.message;
    case "tenantBusy": case "numberFull": case "addressFull": case "tooOften": case "draining": case "tooManyRequests": return "busy";
    default: return "failed";
  }
};

/** One call of a visitor: microphone, path, and what the other side says of it. */
export class Line {
  private peer: RTCPeerConnection | undefined;
  private microphone: MediaStream | undefined;
  private opened: { call: string; token: string } | undefined;
  private meter: AnalyserNode | undefined;
  private context: AudioContext | undefined;
  private lostAt = 0;
  private over = false;

  constructor(private readonly sound: HTMLAudioElement, private readonly told: (phase: Phase, fault?: Fault) => void) {}

  async call(wish: Parameters<typeof api.open>[0]): Promise<void> {
    try {
      if (!navigator.mediaDevices || !window.RTCPeerConnection) return this.end("unable");
      this.told("microphone");
      this.microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      if (this.over) return this.release();
      this.told("connecting");
      this.listen(this.microphone);
      const offer = await this.connect(this.microphone);
      const { call, token, sdp } = await api.open({ ...wish, sdp: offer });
      if (this.over) return void api.end(call, token); // hung up meanwhile
      this.opened = { call, token };
      this.answer(sdp);
      void this.watch(call, token);
    } catch (fault) {
      this.end(faultOf(fault));
    }
  }

  /** An offer with nothing to wait for: the other side is at a known address, and asks for none of ours. */
  private async connect(microphone: MediaStream): Promise<string> {
    const peer = this.peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    for (const track of microphone.getAudioTracks()) peer.addTrack(track, microphone);
    peer.ontrack = ({ track }) => {
      this.sound.srcObject = new MediaStream([track]);
      void this.sound.play().catch(() => undefined);
    };
    peer.onconnectionstatechange = () => this.turned(peer);
    await peer.setLocalDescription();
    return peer.localDescription?.sdp ?? "";
  }

  private answer(sdp: string) {
    const peer = this.peer;
    void peer?.setRemoteDescription({ type: "answer", sdp }).then(() => {
      const transport = peer.getSenders()[0]?.transport;
      if (transport) transport.onstatechange = () => { if (transport.state === "closed") this.end(); }; // said goodbye in the media: sooner than we would ask
    }, () => this.end("failed"));
  }

  private turned(peer: RTCPeerConnection) {
    if (this.over) return;
    if (peer.connectionState === "connected") this.lostAt = 0;
    else if (peer.connectionState === "disconnected" || peer.connectionState === "failed") {
      this.lostAt ||= Date.now();
      this.told("back");
      void this.restart(peer);
    }
  }

  /** Another network: the same call goes on by another path. */
  private async restart(peer: RTCPeerConnection): Promise<void> {
    const opened = this.opened;
    if (this.over || !opened || peer.connectionState === "connected") return;
    if (Date.now() - this.lostAt > patience) return this.end("lost");
    try {
      await peer.setLocalDescription(await peer.createOffer({ iceRestart: true }));
      const { sdp } = await api.move(opened.call, opened.token, peer.localDescription?.sdp ?? "");
      await peer.setRemoteDescription({ type: "answer", sdp });
    } catch (fault) {
      if (fault instanceof api.Refusal && fault.message === "notFound") return this.end();
    }
    window.setTimeout(() => void this.restart(peer), 2 * look);
  }

  private async watch(call: string, token: string): Promise<void> {
    while (!this.over) {
      try {
        const { state } = await api.state(call, token);
        if (this.over) return;
        if (state === "ended") return this.end();
        if (!this.lostAt) this.told(state);
      } catch {
        // the network is gone for now, which the path tells better
      }
      await new Promise((done) => window.setTimeout(done, look));
    }
  }

  private listen(microphone: MediaStream) {
    this.context = new AudioContext();
    this.meter = this.context.createAnalyser();
    this.meter.fftSize = 512;
    this.context.createMediaStreamSource(microphone).connect(this.meter);
  }

  /** How loud the visitor is, 0–1: −50 dB and less is nothing. */
  level(): number {
    if (!this.meter) return 0;
    const samples = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 50) / 40));
  }

  mute(on: boolean) {
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !on;
  }

  press(key: string) {
    this.peer?.getSenders()[0]?.dtmf?.insertDTMF(key, 120, 70);
  }

  hangUp() {
    if (this.opened && !this.over) void api.end(this.opened.call, this.opened.token);
    this.end();
  }

  private end(fault?: Fault) {
    if (this.over) return;
    this.over = true;
    this.release();
    this.told("ended", fault);
  }

  private release() {
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.peer?.close();
    void this.context?.close();
    this.sound.srcObject = null;
  }
}
