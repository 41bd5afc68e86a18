import type { Definition } from "./model";

/** What a first flow looks like: greeting, hours, menu, queue, voicemail. */
export function teaching({ queue, hours, menu, language }: { queue: string; hours: string | undefined; menu: string; language: string }): Definition {
  return {
    schema: 2,
    start: "answer",
    nodes: {
      answer: { type: "answer", next: "greeting" },
      greeting: { type: "play", prompts: [{ id: "greeting" }], interruptible: true, next: hours ? "hours" : "menu" },
      ...(hours ? { hours: { type: "hours", hours, open: "menu", closed: "voicemail" } as const } : {}),
      menu: { type: "menu", prompts: [{ text: menu, language }], wrongKey: [{ id: "wrong-key" }], branches: [{ key: "1", next: "queue" }, { key: "9", next: "voicemail" }], timeoutSeconds: 5, attempts: 2, otherwise: "queue" },
      queue: { type: "queue", queue, priority: 5 },
      voicemail: { type: "voicemail", box: queue, prompts: [{ id: "voicemail" }], maxSeconds: 120, silenceSeconds: 5, next: "goodbye" },
      goodbye: { type: "play", prompts: [{ id: "goodbye" }], interruptible: false, next: "end" },
      end: { type: "hangUp" },
    },
  };
}
