const lock = "callcenter-phone";
const clientKey = "callcenter-client", ownerKey = "callcenter-phone-owner";

/** This tab, also after it was loaded again. */
export function tabId(): string {
  const known = sessionStorage.getItem(clientKey);
  if (known) return known;
  const made = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(clientKey, made);
  return made;
}

/** Which tab of this browser had the phone last. Whoever owns the phone now knows that this one is gone. */
export const lastOwner = () => localStorage.getItem(ownerKey);
export const rememberOwner = (client: string) => localStorage.setItem(ownerKey, client);

/**
 * The right to be the one tab of this browser that has the phone. The browser itself keeps it, and gives it on when a tab closes, crashes or is loaded anew;
 * a tab that is robbed hears so at once.
 */
export class Ownership {
  #leave: (() => void) | null = null;
  #asked: AbortController | null = null;

  constructor(private readonly told: (what: "owned" | "held" | "robbed") => void) {}

  own(steal: boolean): void {
    this.release();
    if (!navigator.locks) return this.told("owned"); // a page without them has no microphone either
    const asked = this.#asked = new AbortController();
    const options: LockOptions = steal ? { steal: true } : { signal: asked.signal };
    let had = false;
    navigator.locks.request(lock, options, () => {
      if (this.#asked !== asked) return;
      had = true;
      this.told("owned");
      return new Promise<void>((leave) => { this.#leave = leave; });
    }).catch(() => { if (had && this.#asked === asked) { this.#leave = null; this.told("robbed"); } });
    if (!steal) void navigator.locks.query().then((locks) => { if (!had && this.#asked === asked && locks.held?.some((one) => one.name === lock)) this.told("held"); });
  }

  release(): void {
    const [leave, asked] = [this.#leave, this.#asked];
    this.#leave = this.#asked = null;
    asked?.abort();
    leave?.();
  }
}
