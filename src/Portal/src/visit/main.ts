import "./style.css";
import * as api from "./api";
import { Line, type Fault, type Phase } from "./line";
import { en, zh, type Words } from "./texts";

type Attributes = Partial<Record<string, string>>;

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes, ...content: (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

function button(name: string, kind: string, press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: kind }, name);
  made.onclick = press;
  return made;
}

const number = decodeURIComponent(location.pathname.split("/").pop() ?? "");
const asked = new URLSearchParams(location.search);
const embedded = window.parent !== window;

/** Behind the #, so that it stands in no server's log. */
const data = Object.fromEntries([...new URLSearchParams(location.hash.slice(1))].slice(0, 20).map(([key, value]) => [key.slice(0, 64), value.slice(0, 500)]));

/** Whose page ours stands in; the browser lets it stand in no other than those that the firm has named. */
function around(): string | undefined {
  if (!embedded) return undefined;
  const nearest = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : undefined);
  return nearest === "null" ? undefined : nearest;
}

/** The page, drawn from what is known; drawn anew where that changes. */
class Page {
  private words: Words = /^zh/i.test(asked.get("lang") ?? document.documentElement.lang) ? zh : en;
  private readonly root = document.getElementById("call") as HTMLElement;
  private readonly sound = make("audio", { autoplay: "" });
  private readonly status = make("p", { role: "status", class: "status" });
  private readonly clock = make("p", { class: "clock", "aria-hidden": "true" });
  private readonly level = make("meter", { min: "0", max: "1", low: "0.05" });
  private readonly pressed = make("output", { class: "pressed" });
  private about: api.About | undefined;
  private agreed = false;
  private line: Line | undefined;
  private phase: Phase = "idle";
  private fault: Fault | undefined;
  private since = 0;
  private muted = false;
  private keypad = false;

  async open(): Promise<void> {
    try {
      this.about = await api.about(number);
    } catch (refused) {
      this.fault = refused instanceof api.Refusal && refused.message === "notFound" ? "notFound" : "failed";
    }
    this.draw();
    addEventListener("pagehide", () => this.line?.hangUp());
    addEventListener("keydown", (event) => {
      if (this.busy && !event.ctrlKey && !event.metaKey && !event.altKey && /^[0-9*#]$/.test(event.key)) this.press(event.key);
    });
    this.tick();
  }

  private get busy() { return this.line !== undefined && this.phase !== "ended"; }

  private call() {
    const text = this.about?.consent;
    if (text && !this.agreed) return this.show("idle", "consentWanted");
    [this.muted, this.keypad, this.since, this.pressed.value] = [false, false, 0, ""];
    const from = around();
    const line = this.line = new Line(this.sound, (phase, fault) => { if (this.line === line) this.show(phase, fault); });
    void line.call({ number, consent: this.agreed, ...(text ? { consentVersion: this.about?.consentVersion ?? null } : {}), ...(from ? { embeddedIn: from } : {}), data });
  }

  private show(phase: Phase, fault?: Fault) {
    if (phase === this.phase && fault === this.fault) return;
    const whole = phase === "ended" || this.phase === "ended" || this.phase === "idle" || phase === "microphone" || this.phase === "microphone";
    [this.phase, this.fault] = [phase, fault];
    if (["menu", "waiting", "talking"].includes(phase)) this.since ||= Date.now();
    if (fault === "consentChanged") void api.about(number).then((about) => { [this.about, this.agreed] = [about, false]; this.draw(); }, () => undefined);
    if (whole) this.draw();
    else this.say();
  }

  private say() {
    const { states, faults } = this.words;
    this.status.textContent = this.fault ? faults[this.fault] : states[this.phase];
    this.status.classList.toggle("bad", this.fault !== undefined);
    document.body.dataset.phase = this.phase;
  }

  private press(key: string) {
    this.line?.press(key);
    this.pressed.value = (this.pressed.value + key).slice(-12);
  }

  private tick() {
    if (this.busy) {
      this.level.value = this.muted ? 0 : this.line?.level() ?? 0;
      const seconds = this.since ? Math.floor((Date.now() - this.since) / 1000) : 0;
      this.clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
    setTimeout(() => this.tick(), 100);
  }

  private draw() {
    const words = this.words;
    document.documentElement.lang = words === zh ? "zh-CN" : "en";
    const kept = document.activeElement?.getAttribute("data-is");
    const other = button(words.other, "language", () => { this.words = words === zh ? en : zh; this.draw(); });
    other.lang = words === zh ? "en" : "zh-CN";
    other.dataset.is = "language";
    this.root.replaceChildren(this.head(), ...(this.busy ? this.controls() : this.beginning()), this.sound, other);
    this.say();
    if (kept) this.root.querySelector<HTMLElement>(`[data-is="${kept}"]`)?.focus();
  }

  private head() {
    const logo = this.about?.logo;
    const name = this.about?.name ?? document.title;
    return make("header", {}, ...(logo ? [make("img", { src: logo, alt: "" })] : []), make("h1", {}, name), make("p", { class: "number" }, this.about?.number ?? ""));
  }

  /** Before a call, and after it. */
  private beginning(): Node[] {
    if (!this.about) return [this.status];
    const start = button(this.phase === "ended" ? this.words.again : this.words.call, "start", () => this.call());
    start.dataset.is = "main";
    return [...this.consent(this.about.consent), this.status, make("div", { class: "row" }, start)];
  }

  private consent(text: string | null): Node[] {
    if (!text) return [];
    const box = make("input", { type: "checkbox", id: "agree" });
    box.checked = this.agreed;
    box.dataset.is = "agree";
    box.onchange = () => {
      this.agreed = box.checked;
      if (this.fault === "consentWanted") this.show("idle");
    };
    return [make("div", { class: "consent", tabindex: "0", role: "region", "aria-labelledby": "agree-label" }, text), make("p", {}, box, make("label", { for: "agree", id: "agree-label" }, this.words.agree))];
  }

  private controls(): Node[] {
    const words = this.words;
    const stop = button(words.hangUp, "stop", () => this.line?.hangUp());
    stop.dataset.is = "main";
    if (this.phase === "microphone") return [this.status, make("div", { class: "row" }, stop)];
    const mute = button(this.muted ? words.unmute : words.mute, "", () => {
      this.muted = !this.muted;
      this.line?.mute(this.muted);
      mute.textContent = this.muted ? words.unmute : words.mute;
      mute.setAttribute("aria-pressed", String(this.muted));
    });
    mute.setAttribute("aria-pressed", String(this.muted));
    const keys = this.keys();
    const pad = button(words.keypad, "", () => {
      this.keypad = !this.keypad;
      keys.hidden = !this.keypad;
      pad.setAttribute("aria-expanded", String(this.keypad));
    });
    pad.setAttribute("aria-expanded", String(this.keypad));
    this.level.setAttribute("aria-label", words.level);
    return [this.status, this.clock, make("p", { class: "level" }, make("span", { "aria-hidden": "true" }, words.level), this.level), make("div", { class: "row" }, mute, pad, stop), keys];
  }

  private keys() {
    const keys = make("div", { class: "keys", role: "group", "aria-label": this.words.keypad }, ...[..."123456789*0#"].map((key) => button(key, "", () => this.press(key))), this.pressed);
    this.pressed.setAttribute("aria-label", this.words.keypad);
    keys.hidden = !this.keypad;
    return keys;
  }
}

/** The firm's colours come with the page. */
function dress() {
  const brand = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="brand"]')?.content || "{}") as { colour?: string | null; barColour?: string | null; barText?: string | null };
  const style = document.documentElement.style;
  for (const [name, colour] of [["--brand", brand.colour], ["--bar", brand.barColour], ["--bar-text", brand.barText]] as const)
    if (colour && /^#[0-9a-f]{6}$/i.test(colour)) style.setProperty(name, colour);
}

dress();
void new Page().open();
