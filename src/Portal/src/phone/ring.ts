/** The bell: two tones in turn, a second long, each three seconds. */
const tones = [880, 1047], length = 1, every = 3, turn = 0.1, loud = 0.2;

type WithSink = AudioContext & { setSinkId?: (id: string) => Promise<void> };

export class Bell {
  #context: AudioContext | null = null;
  #timer = 0;

  get rings() { return this.#timer !== 0; }

  /** @param device where it rings; "" = the system's own choice. */
  start(device: string): void {
    if (this.rings) return;
    const context = this.#context ??= new AudioContext();
    void (context as WithSink).setSinkId?.(device).catch(() => {});
    void context.resume();
    this.#strike(context);
    this.#timer = window.setInterval(() => this.#strike(context), every * 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = 0;
    void this.#context?.close(); // what was to sound yet falls silent
    this.#context = null;
  }

  #strike(context: AudioContext): void {
    const level = new GainNode(context, { gain: 0 });
    level.connect(context.destination);
    const begin = context.currentTime;
    for (let at = 0, n = 0; at < length - 1e-6; at += turn, n++) {
      const tone = new OscillatorNode(context, { frequency: tones[n % tones.length]! });
      tone.connect(level);
      tone.start(begin + at);
      tone.stop(begin + at + turn);
    }
    level.gain.setTargetAtTime(loud, begin, 0.01);
    level.gain.setTargetAtTime(0, begin + length - 0.05, 0.01);
  }
}
