export interface Played { id?: string; text?: string; language?: string }
export interface Branch { key: string; next: string }
export interface Target { number?: string; extension?: string; agent?: string; queue?: string }

/** A step as the API writes it; which members it has is the type's matter. */
export interface Step {
  type: StepType;
  prompts?: Played[]; wrongKey?: Played[]; notice?: string; interruptible?: boolean;
  branches?: Branch[]; attempts?: number; otherwise?: string;
  queue?: string; priority?: number;
  hours?: string; open?: string; closed?: string; holiday?: string;
  box?: string; maxSeconds?: number; silenceSeconds?: number;
  to?: Target; shown?: string; timeoutSeconds?: number; failed?: string;
  min?: number; max?: number; endKey?: string | null; masked?: boolean;
  next?: string;
}

export interface Definition { schema: number; start: string; nodes: Record<string, Step> }

export const stepTypes = ["answer", "play", "menu", "queue", "hours", "voicemail", "transfer", "collect", "hangUp"] as const;
export type StepType = (typeof stepTypes)[number];

export const keys = [..."1234567890*#"];

/** A way out of a step: where it leads, and what it is called there. */
export interface Way { member: "next" | "otherwise" | "open" | "closed" | "holiday" | "failed" | "branch"; index?: number; key?: string; to: string }

export const ways = (step: Step): Way[] => {
  const way = (member: Exclude<Way["member"], "branch">): Way => ({ member, to: step[member] ?? "" });
  switch (step.type) {
    case "menu": return [...(step.branches ?? []).map((branch, index): Way => ({ member: "branch", index, key: branch.key, to: branch.next })), way("otherwise")];
    case "hours": return step.holiday === undefined ? [way("open"), way("closed")] : [way("open"), way("closed"), way("holiday")];
    case "transfer": return step.to?.queue !== undefined && step.failed === undefined ? [] : [way("failed")];
    case "collect": return [way("next"), way("failed")];
    case "queue": case "hangUp": return [];
    default: return [way("next")];
  }
};

/** The step with a way that leads elsewhere. */
export function lead(step: Step, { member, index }: Way, to: string): Step {
  if (member !== "branch") return { ...step, [member]: to };
  return { ...step, branches: (step.branches ?? []).map((branch, n) => (n === index ? { ...branch, next: to } : branch)) };
}

const relead = (step: Step, from: string, to: string) => ways(step).filter((way) => way.to === from).reduce((changed, way) => lead(changed, way, to), step);

/** All that led to one step leads to another. */
export function redirect(flow: Definition, from: string, to: string, except?: string): Definition {
  const nodes = Object.fromEntries(Object.entries(flow.nodes).map(([id, step]) => [id, id === except ? step : relead(step, from, to)]));
  return { ...flow, start: flow.start === from ? to : flow.start, nodes };
}

const put = (flow: Definition, id: string, step: Step): Definition => ({ ...flow, nodes: { ...flow.nodes, [id]: step } });

/** A name that no step has. */
export function freeName(flow: Definition, type: StepType): string {
  const name = type.toLowerCase();
  for (let n = 1; ; n++) if (!(`${name}${n > 1 ? `-${n}` : ""}` in flow.nodes)) return `${name}${n > 1 ? `-${n}` : ""}`;
}

/** A new step with what it needs least; it goes on to where it stands in the way of. */
export function fresh(type: StepType, next: string): Step {
  switch (type) {
    case "play": return { type, prompts: [{ text: "" }], interruptible: true, next };
    case "menu": return { type, prompts: [{ text: "" }], branches: [{ key: "1", next }], timeoutSeconds: 5, attempts: 3, otherwise: next };
    case "queue": return { type, queue: "", priority: 5 };
    case "hours": return { type, hours: "", open: next, closed: next };
    case "voicemail": return { type, box: "", prompts: [{ id: "voicemail" }], maxSeconds: 120, silenceSeconds: 5, next };
    case "transfer": return { type, to: { number: "" }, timeoutSeconds: 25, failed: next };
    case "collect": return { type, prompts: [{ text: "" }], min: 1, max: 32, endKey: "#", timeoutSeconds: 5, masked: false, next, failed: next };
    case "hangUp": return { type };
    default: return { type: "answer", next };
  }
}

/** A new step in a way: between a step and where that led; null: at the beginning. */
export function insert(flow: Definition, type: StepType, at: { id: string; way: Way } | null): [Definition, string] {
  const id = freeName(flow, type);
  const made = put(flow, id, fresh(type, at ? at.way.to : flow.start));
  const step = at && made.nodes[at.id];
  return [step ? put(made, at.id, lead(step, at.way, id)) : { ...made, start: id }, id];
}

/** Without a step: what led to it goes on to where it led first. */
export function remove(flow: Definition, id: string): Definition {
  const step = flow.nodes[id];
  if (!step) return flow;
  const onward = ways(step).find((way) => way.to !== id)?.to ?? "";
  const { [id]: gone, ...nodes } = redirect(flow, id, onward).nodes;
  return { ...flow, start: flow.start === id ? onward : flow.start, nodes: gone ? nodes : flow.nodes };
}

export function rename(flow: Definition, id: string, name: string): Definition {
  if (name === id || name in flow.nodes) return flow;
  const { start, nodes } = redirect(flow, id, name);
  return { ...flow, start, nodes: Object.fromEntries(Object.entries(nodes).map(([key, step]) => [key === id ? name : key, step])) };
}

const goesOn = (step: Step | undefined) => step?.next !== undefined;

/** The step from which one comes to this one and to nowhere else first: with it, it can change places. */
export const before = (flow: Definition, id: string) =>
  goesOn(flow.nodes[id]) ? Object.keys(flow.nodes).find((other) => other !== id && goesOn(flow.nodes[other]) && flow.nodes[other]?.next === id) : undefined;

/** The step changes places with the one before it. */
export function moveUp(flow: Definition, id: string): Definition {
  const previous = before(flow, id);
  const [step, first] = [flow.nodes[id], previous === undefined ? undefined : flow.nodes[previous]];
  if (previous === undefined || !step || !first) return flow;
  const led = redirect(flow, previous, id, id);
  return { ...led, nodes: { ...led.nodes, [previous]: { ...first, next: step.next ?? "" }, [id]: { ...step, next: previous } } };
}

/** One line of the outline: a step where it is reached first, or a word where a way leads to one that stands elsewhere. */
export interface Line { id: string; way: Way | null; step: Step | null; below: Line[] }

/** What follows the first step of a branch belongs to that branch. */
const under = ([head, ...rest]: Line[]): Line => ({ ...(head as Line), below: [...(head as Line).below, ...rest] });

/** The flow as a tree from its start, and what is never reached. Steps that follow each other stand under each other. */
export function outline(flow: Definition): { lines: Line[]; lost: string[] } {
  const seen = new Set<string>();
  const walk = (id: string, way: Way | null): Line[] => {
    const step = flow.nodes[id];
    if (!step || seen.has(id)) return [{ id, way, step: null, below: [] }];
    seen.add(id);
    const out = ways(step);
    const main = out.length === 1 ? out[0] : undefined;
    const line: Line = { id, way, step, below: main ? [] : out.map((one) => under(walk(one.to, one))) };
    return main ? [line, ...walk(main.to, main.member === "next" ? null : main)] : [line];
  };
  const lines = walk(flow.start, null);
  return { lines, lost: Object.keys(flow.nodes).filter((id) => !seen.has(id)) };
}

/** What the API has against a flow: by step, and the rest. */
export function faultsOf(fields: Record<string, string[]>): { bySteps: Map<string, string[]>; others: string[] } {
  const bySteps = new Map<string, string[]>();
  const others: string[] = [];
  for (const [field, texts] of Object.entries(fields)) {
    const [, id, rest] = /^definition\.nodes\.([^.]+)\.?(.*)$/.exec(field) ?? [];
    if (id === undefined) others.push(...texts.map((text) => `${field.replace(/^definition\.?/, "")}: ${text}`));
    else bySteps.set(id, [...(bySteps.get(id) ?? []), ...texts.map((text) => (rest ? `${rest}: ${text}` : text))]);
  }
  return { bySteps, others };
}
