import { useMutation } from "@tanstack/react-query";
import { ask } from "../api/client";
import { saveDrafts } from "../summary/drafts";
import { useComplaint } from "./complaint";

/** Whom one calls, asks or sends a customer to: exactly one of them. */
export interface Target { agent?: string; queue?: string; extension?: string; number?: string }

const full = (to: Target) => ({ agent: null, queue: null, extension: null, number: null, ...to });

type Act =
  | { act: "hold" | "retrieve" | "leave" | "conference" | "complete" | "cancel" | "swap" }
  | { act: "mute"; on: boolean } | { act: "keys"; keys: string } | { act: "transfer" | "consult"; to: Target } | { act: "drop"; leg: string };

/** With these the customer comes to somebody else, who goes on with what was written so far. */
const handsOn: ReadonlySet<Act["act"]> = new Set(["transfer", "complete", "consult"]);

async function order(call: string, wish: Act): Promise<unknown> {
  const path = { call };
  if (handsOn.has(wish.act)) await saveDrafts();
  switch (wish.act) {
    case "hold": return ask("POST /api/v1/calls/{call}/hold", { path, body: {} });
    case "retrieve": return ask("POST /api/v1/calls/{call}/retrieve", { path, body: {} });
    case "leave": return ask("POST /api/v1/calls/{call}/leave", { path, body: {} });
    case "conference": return ask("POST /api/v1/calls/{call}/conference", { path, body: {} });
    case "complete": return ask("POST /api/v1/calls/{call}/consult/complete", { path, body: {} });
    case "cancel": return ask("POST /api/v1/calls/{call}/consult/cancel", { path, body: {} });
    case "swap": return ask("POST /api/v1/calls/{call}/consult/swap", { path, body: {} });
    case "mute": return ask("POST /api/v1/calls/{call}/mute", { path, body: { on: wish.on } });
    case "keys": return ask("POST /api/v1/calls/{call}/keys", { path, body: { keys: wish.keys } });
    case "transfer": return ask("POST /api/v1/calls/{call}/transfer", { path, body: { to: full(wish.to) } });
    case "consult": return ask("POST /api/v1/calls/{call}/consult", { path, body: { to: full(wish.to) } });
    case "drop": return ask("POST /api/v1/calls/{call}/legs/{leg}/drop", { path: { call, leg: wish.leg }, body: {} });
  }
}

/** What one does in one's own call. What it comes to is told by the hub. */
export function useCommands(call: string) {
  const complain = useComplaint();
  return useMutation({ mutationFn: (wish: Act) => order(call, wish), onError: complain });
}

/** @param of About which call, where that says for which firm. */
export function useDial(done: (call: string) => void, of: { call?: string } = {}) {
  const complain = useComplaint();
  return useMutation({ mutationFn: (to: Target) => ask("POST /api/v1/calls", { query: of, body: { to: full(to) } }), onSuccess: ({ id }) => done(id), onError: complain });
}
