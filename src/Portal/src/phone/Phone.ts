import { Problem } from "../api/client";
import { knownDevices, microphone, NoMicrophone, rememberDevices, type Devices } from "./devices";
import { next, off, type Effect, type Happened, type Line } from "./machine";
import { lastOwner, Ownership, rememberOwner, tabId } from "./tab";
import * as wire from "./wire";

/** ms within which a path must stand, anew or mended. */
const patience = 4_000;
const keyLength = 100, keyGap = 70; // ms

/** One path to the server: a peer connection, and the microphone that speaks into it. */
interface Path { peer: RTCPeerConnection; sender: RTCRtpSender; stream: MediaStream }

export interface PhoneView { line: Line; devices: Devices; speaks: MediaStream | null; hears: MediaStream | null }

/**
 * The phone of this tab. It carries out what the machine says: one path to the server, kept from one call to the next, in exactly one tab of this browser.
 * The microphone is open outside of calls too, so that an answer is heard at once, but what it sends then is silence.
 */
export class Phone {
  readonly client = tabId();
  #line: Line = off;
  #view: PhoneView = { line: off, devices: knownDevices(), speaks: null, hears: null };
  #path: Path | null = null;
  #attempt = 0; // what comes of an attempt that is over counts for nothing
  #timer = 0;
  #speaks = false;
  readonly #sound = new Audio();
  readonly #listeners = new Set<() => void>();
  readonly #ownership = new Ownership((is) => this.happens({ is }));

  constructor() {
    this.#sound.autoplay = true;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  };

  readonly view = () => this.#view;

  /** From now on. Returns what ends it. */
  start(): () => void {
    const network = () => this.happens({ is: "network" });
    const plugged = () => {
      if (this.#line.at === "mute") this.happens({ is: "again" });
      else if (this.#path?.sender.track?.readyState === "ended") void this.#speakAnew();
    };
    window.addEventListener("online", network);
    navigator.mediaDevices?.addEventListener("devicechange", plugged);
    return () => {
      window.removeEventListener("online", network);
      navigator.mediaDevices?.removeEventListener("devicechange", plugged);
      this.happens({ is: "unwanted" });
    };
  }

  happens(happened: Happened): void {
    const [line, effects] = next(this.#line, happened);
    this.#line = line;
    for (const effect of effects) this.#carryOut(effect);
    this.#show();
  }

  /** Whether the microphone is heard: in a call, unless it is muted. */
  speaks(on: boolean): void {
    this.#speaks = on;
    const track = this.#path?.sender.track;
    if (track) track.enabled = on;
  }

  /** Sends keys as telephone-events; false where the path cannot. */
  press(keys: string): boolean {
    const dtmf = this.#path?.sender.dtmf;
    if (!dtmf?.canInsertDTMF) return false;
    dtmf.insertDTMF(dtmf.toneBuffer + keys, keyLength, keyGap);
    return true;
  }

  async choose(devices: Devices): Promise<void> {
    rememberDevices(devices);
    this.#view = { ...this.#view, devices };
    this.#show();
    await this.#playBy(devices.speaker);
    await this.#speakAnew();
  }

  /** Hears itself, by way of the server. */
  async echo(on: boolean): Promise<void> {
    if (this.#line.at !== "up") return;
    await wire.echo(this.#line.connection, on);
    this.speaks(on);
  }

  /** Takes leave in good order, before the session ends. */
  async leave(): Promise<void> {
    const line = this.#line;
    this.happens({ is: "unwanted" });
    if (line.at === "up") await wire.disconnect(line.connection).catch(() => {}); // who is gone already need not leave
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case "own": return this.#ownership.own(effect.steal);
      case "release": return this.#ownership.release();
      case "close": return this.#close();
      case "open": return void this.#open(effect.take);
      case "mend": return void this.#mend(effect.connection);
      case "wait":
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => this.happens({ is: "again" }), effect.ms);
    }
  }

  async #open(take: boolean): Promise<void> {
    const attempt = ++this.#attempt;
    let stream: MediaStream | null = null;
    let peer: RTCPeerConnection | null = null;
    try {
      stream = await microphone(this.#view.devices);
      peer = new RTCPeerConnection({ bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" });
      const path = this.#dial(peer, stream);
      await peer.setLocalDescription(await peer.createOffer());
      const gone = lastOwner();
      const station = take || !gone ? null : await wire.lookAtStation();
      const answer = await wire.connect(this.client, offerOf(peer), take || station?.client === gone && gone !== null);
      if (attempt !== this.#attempt) throw new Error("overtaken");
      await peer.setRemoteDescription({ type: "answer", sdp: answer.sdp });
      await stands(peer);
      if (attempt !== this.#attempt) throw new Error("overtaken");
      rememberOwner(this.client);
      this.#keep(path);
      this.happens({ is: "opened", connection: answer.connection });
    } catch (fault) {
      peer?.close();
      stream?.getTracks().forEach((track) => track.stop());
      if (attempt === this.#attempt) this.happens(whatFailed(fault));
    }
  }

  #dial(peer: RTCPeerConnection, stream: MediaStream): Path {
    const track = stream.getAudioTracks()[0]!;
    track.enabled = this.#speaks;
    return { peer, stream, sender: peer.addTrack(track, stream) };
  }

  #keep(path: Path): void {
    const { peer, stream } = path;
    this.#path = path;
    path.sender.track!.enabled = this.#speaks;
    peer.addEventListener("connectionstatechange", () => {
      if (this.#path?.peer !== peer) return;
      if (peer.connectionState === "disconnected") this.happens({ is: "pathDown" });
      if (peer.connectionState === "failed") this.happens({ is: "pathFailed" });
    });
    stream.getAudioTracks()[0]?.addEventListener("ended", () => void this.#speakAnew()); // unplugged
    const hears = new MediaStream(peer.getReceivers().map((receiver) => receiver.track));
    this.#sound.srcObject = hears;
    void this.#playBy(this.#view.devices.speaker);
    void this.#sound.play().catch(() => document.addEventListener("pointerdown", () => void this.#sound.play(), { once: true })); // some browsers want a click first
    this.#view = { ...this.#view, speaks: stream, hears };
  }

  /** The same path by another way, after a change of network (RFC 8445 §9). */
  async #mend(connection: string): Promise<void> {
    const path = this.#path;
    if (!path) return this.happens({ is: "notMended" });
    try {
      await path.peer.setLocalDescription(await path.peer.createOffer({ iceRestart: true }));
      const { sdp } = await wire.restart(connection, offerOf(path.peer));
      await path.peer.setRemoteDescription({ type: "answer", sdp });
      await stands(path.peer);
      if (this.#path === path) this.happens({ is: "mended" });
    } catch {
      if (this.#path === path) this.happens({ is: "notMended" });
    }
  }

  #close(): void {
    this.#attempt++;
    clearTimeout(this.#timer);
    this.#path?.peer.close();
    this.#path?.stream.getTracks().forEach((track) => track.stop());
    this.#path = null;
    this.#sound.srcObject = null;
    this.#view = { ...this.#view, speaks: null, hears: null };
  }

  async #speakAnew(): Promise<void> {
    const path = this.#path;
    if (!path) return;
    const stream = await microphone(this.#view.devices).catch(() => null);
    const track = stream?.getAudioTracks()[0];
    if (!stream || !track || this.#path !== path) return stream?.getTracks().forEach((one) => one.stop());
    track.enabled = this.#speaks;
    await path.sender.replaceTrack(track);
    path.stream.getTracks().forEach((old) => old.stop());
    path.stream = stream;
    track.addEventListener("ended", () => void this.#speakAnew());
    this.#view = { ...this.#view, speaks: stream };
    this.#show();
  }

  async #playBy(speaker: string): Promise<void> {
    await (this.#sound as HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> }).setSinkId?.(speaker).catch(() => {}); // it is not plugged in: the system's own then
  }

  #show(): void {
    this.#view = { ...this.#view, line: this.#line };
    for (const listener of this.#listeners) listener();
  }
}

/** A lite server needs none of our candidates: what stands in the first description is enough. */
function offerOf(peer: RTCPeerConnection): string {
  const description = peer.localDescription;
  if (!description) throw new Error("there is no offer");
  return description.sdp;
}

/** Once ICE and DTLS are done. connectionState, since iceConnectionState knows nothing of DTLS. */
function stands(peer: RTCPeerConnection): Promise<void> {
  return new Promise((done, failed) => {
    const limit = setTimeout(() => look(true), patience);
    const look = (late: boolean) => {
      const state = peer.connectionState;
      if (state === "connected") done();
      else if (late || state === "failed" || state === "closed") failed(new Error(`the path is ${state}`));
      else return;
      clearTimeout(limit);
      peer.removeEventListener("connectionstatechange", changed);
    };
    const changed = () => look(false);
    peer.addEventListener("connectionstatechange", changed);
    look(false);
  });
}

function whatFailed(fault: unknown): Happened {
  if (fault instanceof NoMicrophone) return { is: "silent", why: fault.why };
  if (fault instanceof Problem && fault.code === "taken") return { is: "refused", since: typeof fault.more.since === "string" ? fault.more.since : null };
  return { is: "failed" };
}
