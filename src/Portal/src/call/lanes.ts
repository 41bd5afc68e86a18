import type { Schema } from "../api/client";

export type Fact = Schema<"ItemsOfFact">[number];
export type Doing = "ring" | "ivr" | "queue" | "intro" | "talk" | "hold" | "consult" | "listen" | "voicemail";
export interface Span { what: Doing; from: number; to: number }
export interface Lane { leg: string; who: string; spans: Span[] }
export interface Lanes { from: number; to: number; lanes: Lane[] }

const activities: Record<string, Doing> = { talk: "talk", hold: "hold", consult: "consult", dial: "ring", listen: "listen", intro: "intro" };

/** The legs of a call and what each did when: a fold of its facts. Instants in ms. */
export function lanesOf(facts: Fact[], now: number): Lanes {
  const lanes = new Map<string, Lane & { open: { what: Doing; from: number } | undefined }>();
  const offers = new Map<string, string>();
  const reaches = new Map<unknown, string>();
  let customer = "";
  const turn = (leg: unknown, at: number, what: Doing | null, who = "") => {
    if (typeof leg !== "string" || !leg) return;
    const lane = lanes.get(leg) ?? { leg, who, spans: [], open: undefined };
    lanes.set(leg, lane);
    if (who) lane.who = who;
    if (lane.open?.what === what) return;
    if (lane.open && at > lane.open.from) lane.spans.push({ ...lane.open, to: at });
    lane.open = what ? { what, from: at } : undefined;
  };
  const fold = (fact: Fact & Record<string, unknown>, at: number) => {
    const text = (name: string) => (typeof fact[name] === "string" ? fact[name] : "");
    switch (fact.kind) {
      case "callArrived": customer = text("leg"); return turn(customer, at, "ring");
      case "callDialled": return turn(fact["leg"], at, "ring", text("agent") || text("extension"));
      case "legAnswered": return fact["leg"] === customer ? turn(customer, at, "ivr") : undefined;
      case "enqueued": return turn(customer, at, "queue");
      case "queueLeft": case "sentToFlow": case "voicemailLeft": return turn(customer, at, "ivr");
      case "voicemailStarted": return turn(fact["leg"], at, "voicemail");
      case "offerStarted": offers.set(`${text("agent")} ${String(fact["epoch"])}`, text("leg")); return turn(fact["leg"], at, "ring", text("agent"));
      case "offerEnded": return turn(offers.get(`${text("agent")} ${String(fact["epoch"])}`), at, null);
      case "reachStarted": reaches.set(fact["no"], text("agent") || text("extension")); return;
      case "reachRinging": return turn(fact["leg"], at, "ring", reaches.get(fact["no"]));
      case "agentJoined": turn(fact["leg"], at, "talk", text("agent")); return turn(customer, at, "talk");
      case "customerJoined": customer = text("leg"); return turn(customer, at, "talk");
      case "partyJoined": case "tookOver": return turn(fact["leg"], at, "talk");
      case "listenerJoined": return turn(fact["leg"], at, "listen", text("agent"));
      case "agentActive":
        if (text("activity") === "intro") turn(customer, at, "intro");
        else if (lanes.get(customer)?.open?.what === "intro" && text("activity") === "talk") turn(customer, at, "talk");
        return turn(fact["leg"], at, activities[text("activity")] ?? "talk");
      case "customerHeld": return turn(customer, at, "hold");
      case "customerRetrieved": case "flowReturned": return turn(customer, at, "talk");
      case "agentLeft": case "partyLeft": case "legEnded": return turn(fact["leg"], at, null);
    }
  };
  for (const fact of facts) fold(fact as Fact & Record<string, unknown>, Date.parse(fact.at));
  const from = facts[0] ? Date.parse(facts[0].at) : now;
  const over = facts.filter((fact) => fact.kind === "callEnded" || fact.kind === "legEnded").at(-1);
  const to = Math.max(from + 1000, [...lanes.values()].some((lane) => lane.open) ? now : over ? Date.parse(over.at) : now);
  for (const leg of lanes.keys()) turn(leg, to, null);
  return { from, to, lanes: [...lanes.values()].map(({ leg, who, spans }) => ({ leg, who, spans })) };
}
