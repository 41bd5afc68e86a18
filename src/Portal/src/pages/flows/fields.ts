import type { StepType } from "./model";

/** What can be set in a step besides its prompts and its ways; the bounds are the API's. */
export type Field =
  | { member: "timeoutSeconds" | "attempts" | "priority" | "maxSeconds" | "silenceSeconds" | "min" | "max"; kind: "number"; least: number; most: number; seconds?: boolean }
  | { member: "interruptible" | "masked"; kind: "switch" }
  | { member: "queue" | "hours" | "box" | "endKey" | "shown" | "to" | "notice"; kind: "own" };

const number = (member: Extract<Field, { kind: "number" }>["member"], least: number, most: number, seconds = false): Field => ({ member, kind: "number", least, most, seconds });
const own = (member: Extract<Field, { kind: "own" }>["member"]): Field => ({ member, kind: "own" });

export const fields: Record<StepType, { prompts: ReadonlyArray<"prompts" | "wrongKey">; fields: readonly Field[] }> = {
  answer: { prompts: [], fields: [] },
  play: { prompts: ["prompts"], fields: [{ member: "interruptible", kind: "switch" }, own("notice")] },
  menu: { prompts: ["prompts", "wrongKey"], fields: [number("timeoutSeconds", 1, 60, true), number("attempts", 1, 10)] },
  queue: { prompts: [], fields: [own("queue"), number("priority", 1, 10)] },
  hours: { prompts: [], fields: [own("hours")] },
  voicemail: { prompts: ["prompts"], fields: [own("box"), number("maxSeconds", 5, 600, true), number("silenceSeconds", 0, 60, true)] },
  transfer: { prompts: [], fields: [own("to"), own("shown"), number("timeoutSeconds", 5, 120, true)] },
  collect: { prompts: ["prompts"], fields: [number("min", 1, 32), number("max", 1, 32), own("endKey"), number("timeoutSeconds", 1, 60, true), { member: "masked", kind: "switch" }] },
  hangUp: { prompts: [], fields: [] },
};
