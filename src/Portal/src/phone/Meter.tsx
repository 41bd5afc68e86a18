import { useEffect, useRef } from "react";

const pace = 80, floor = -60; // ms; dBFS

/** How loud a sound is, as it is. A microphone's is shown while nobody is to hear it, too. */
export function Meter({ of, label, muted = false }: { of: MediaStream | null; label: string; muted?: boolean }) {
  const meter = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    if (!of) return;
    const heard = muted ? ownOf(of) : of;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    new MediaStreamAudioSourceNode(context, { mediaStream: heard }).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      if (meter.current) meter.current.value = Math.max(0, 1 - (10 * Math.log10(power + 1e-9)) / floor);
    }, pace);
    return () => {
      clearInterval(timer);
      void context.close();
      if (heard !== of) heard.getTracks().forEach((track) => track.stop());
    };
  }, [of, muted]);
  return <meter ref={meter} className="meter" min={0} max={1} low={0.2} optimum={0.6} aria-label={label} />;
}

/** The same sound, whether or not what is sent of it is switched off. */
function ownOf(stream: MediaStream): MediaStream {
  const own = stream.clone();
  own.getTracks().forEach((track) => { track.enabled = true; });
  return own;
}
