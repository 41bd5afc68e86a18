import { useEffect, useRef } from "react";

const pace = 80, floor = -60; // ms; dBFS

/** How loud a sound is, as it is. */
export function Meter({ of, label }: { of: MediaStream | null; label: string }) {
  const meter = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    if (!of) return;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    new MediaStreamAudioSourceNode(context, { mediaStream: of }).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      if (meter.current) meter.current.value = Math.max(0, 1 - (10 * Math.log10(power + 1e-9)) / floor);
    }, pace);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [of]);
  return <meter ref={meter} className="meter" min={0} max={1} low={0.2} optimum={0.6} aria-label={label} />;
}
