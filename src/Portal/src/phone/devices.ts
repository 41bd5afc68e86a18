import type { MicrophoneFault } from "./machine";

/** Which devices an agent speaks and hears by, in this browser; "" = the system's own choice. */
export interface Devices {
  microphone: string;
  speaker: string;
  /** Where it rings: often the loudspeaker, while one talks by the headset. */
  ringer: string;
  /** Echo, noise and level are seen to by the browser. Good headsets do it themselves. */
  processing: boolean;
}

const remembered = "callcenter-devices";
const plain: Devices = { microphone: "", speaker: "", ringer: "", processing: true };

export function knownDevices(): Devices {
  try {
    return { ...plain, ...JSON.parse(localStorage.getItem(remembered) ?? "{}") as Partial<Devices> };
  } catch {
    return plain;
  }
}

export const rememberDevices = (devices: Devices) => localStorage.setItem(remembered, JSON.stringify(devices));

export class NoMicrophone extends Error {
  constructor(readonly why: MicrophoneFault) { super(why); }
}

/** The chosen microphone, or another one if that is not plugged in. */
export async function microphone({ microphone: chosen, processing }: Devices): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new NoMicrophone("insecure"); // browsers have none on a page that came unencrypted
  const audio = { echoCancellation: processing, noiseSuppression: processing, autoGainControl: processing, channelCount: 1 };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: chosen ? { ...audio, deviceId: { exact: chosen } } : audio });
  } catch (fault) {
    const { name } = fault as DOMException;
    if (chosen && (name === "OverconstrainedError" || name === "NotFoundError")) return microphone({ ...plain, processing });
    throw new NoMicrophone(name === "NotAllowedError" || name === "SecurityError" ? "denied" : "missing");
  }
}

/** Their names are known once a microphone was allowed. */
export async function listDevices(): Promise<{ inputs: MediaDeviceInfo[]; outputs: MediaDeviceInfo[] }> {
  const all = await navigator.mediaDevices?.enumerateDevices() ?? [];
  const named = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind && device.deviceId && device.deviceId !== "default");
  return { inputs: named("audioinput"), outputs: named("audiooutput") };
}

/** Not every browser lets one choose where sound comes out. */
export const choosesOutput = "setSinkId" in HTMLMediaElement.prototype;
