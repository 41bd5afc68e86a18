import type { Schema } from "../api/client";
import type { AgentLive } from "../live/useLive";
import type { Kind } from "../phone/wire";

export type CallLive = Schema<"CallLive">;

/** A call that is offered to this agent, with all that the pop shows. */
export interface Offer {
  call: string;
  epoch: number;
  until: string;
  /** The phone rings. */
  ring: boolean;
  queue: { id: string; name: string } | null;
  firm: { tenant: string; name: string; colour: string | null };
  from: string | null;
  /** ms */
  waited: number;
  digits: { field: string; value: string }[];
  customer: { id: string; name: string | null; level: string | null; calls: number; last: string | null } | null;
  script: string | null;
  /** By which the agent is known in that firm. */
  staffNumber: string | null;
  /** What the page of a visitor sent along. */
  visit: { name: string; value: string }[];
  /** The firm's own page about this call; it may open by itself. */
  crm: { url: string; opens: boolean } | null;
}

/** The agent's station as the server has it. */
export interface StationLive {
  kind: Kind;
  connected: boolean;
  connection: string | null;
  /** Which tab, of whatever browser, has it. */
  client: string | null;
  since: string | null;
  /** What turned it: connects, taken, closed, chosen, lost, back. */
  why: string | null;
}

/** What happens at one agent's desk. */
export interface Desk {
  own: AgentLive | null;
  station: StationLive | null;
  offers: readonly Offer[];
  call: CallLive | null;
  /** What the pop of the present call said: it stays in sight during the call. */
  contact: Offer | null;
  /** Since when the customer is held; the browser's own clock. */
  heldSince: number | null;
}

export type DeskEvent =
  | { topic: "agents"; agent: AgentLive }
  | { topic: "desk" } & (
    | { kind: "offer" } & Offer
    | { kind: "ring"; call: string; epoch: number }
    | { kind: "offerGone"; call: string; epoch: number; why: string }
    | { kind: "station"; station: Kind } & Omit<StationLive, "kind">
    | { kind: "call"; call: string; state: CallLive | null });

export interface DeskBatch { epoch: string; number: number; reset?: string; snapshot?: { agents?: AgentLive[]; desk?: { station: StationLive; offers: Offer[]; call: CallLive | null; contact?: Offer | null } }; events: DeskEvent[] }

export const emptyDesk: Desk = { own: null, station: null, offers: [], call: null, contact: null, heldSince: null };

/** The desk after a batch. Pure, but for the clock that is given. */
export function foldDesk(desk: Desk, batch: DeskBatch, now: number): Desk {
  let after = desk;
  const { agents, desk: shown } = batch.snapshot ?? {};
  if (batch.reset) {
    after = { ...after, own: agents?.[0] ?? after.own };
    if (shown) after = withCall({ ...after, station: shown.station, offers: shown.offers, contact: shown.contact ?? after.contact }, shown.call, now);
  }
  for (const event of batch.events) after = foldEvent(after, event, now);
  return after;
}

function foldEvent(desk: Desk, event: DeskEvent, now: number): Desk {
  if (event.topic === "agents") return { ...desk, own: event.agent };
  const isOf = (offer: Offer) => "epoch" in event && offer.call === event.call && offer.epoch === event.epoch;
  switch (event.kind) {
    case "offer": return { ...desk, offers: [...desk.offers.filter((offer) => !isOf(offer)), event] };
    case "ring": return { ...desk, offers: desk.offers.map((offer) => (isOf(offer) ? { ...offer, ring: true } : offer)) };
    case "offerGone": return { ...desk, offers: desk.offers.filter((offer) => !isOf(offer)), contact: desk.offers.find(isOf) ?? desk.contact };
    case "station": return { ...desk, station: stationIn(event) };
    case "call": return withCall(desk, event.state, now);
    default: return desk; // a later version's
  }
}

export type StationEvent = Extract<DeskEvent, { kind: "station" }>;

const stationIn = ({ station, connected, connection, client, since, why }: StationEvent): StationLive => ({ kind: station, connected, connection, client, since, why });

/** What is said of the station. After a break all that was said meanwhile comes at once, and only the last word holds: what was lost may be back since, or another. */
export const lastOfStation = (events: readonly DeskEvent[]) => events.filter((event): event is StationEvent => event.topic === "desk" && event.kind === "station").at(-1);

/** Whether a connection of this tab is over, by what the server says of the station: another has taken it, or nothing is heard of it any more. */
export function endOf(connection: string, client: string, said: StationEvent): "taken" | "lost" | null {
  if (said.connection !== null && said.client !== client) return "taken";
  return said.connection === connection && said.why === "lost" || said.connection === null ? "lost" : null;
}

/** The call as it is now. A call that begins is no longer an offer; the one that is over takes its pop along. */
function withCall(desk: Desk, call: CallLive | null, now: number): Desk {
  if (!call) return { ...desk, call: null, heldSince: null };
  const offer = desk.offers.find((one) => one.call === call.id);
  return {
    ...desk, call,
    offers: desk.offers.filter((one) => one !== offer),
    contact: offer ?? (desk.contact?.call === call.id ? desk.contact : null),
    heldSince: call.held ? desk.heldSince ?? now : null,
  };
}

type Party = CallLive["parties"][number];

/** One agent's part in a call, as the buttons need it. */
export interface Part {
  own: Party;
  muted: boolean;
  held: boolean;
  /** In a consultation; with whom, once somebody is there. */
  aside: boolean;
  consulted: Party | null;
  /** Somebody is being reached. */
  reaching: boolean;
  /** The own browser is not heard at this moment. */
  away: boolean;
  /** Others besides the customer and oneself who talk along. */
  others: readonly Party[];
  /** Since when this agent is in the call. */
  since: string | null;
}

export function partOf(call: CallLive | null, agent: string): Part | null {
  const own = call?.parties.find((party) => party.agent === agent);
  if (!call || !own) return null;
  const others = call.parties.filter((party) => party !== own && !party.mode);
  const consulted = others.find((party) => party.aside) ?? null;
  return {
    own, others, consulted,
    muted: own.muted,
    away: "away" in own && own.away === true,
    held: call.held,
    aside: own.aside || consulted !== null,
    reaching: call.reaches.length > 0,
    since: call.legs.find((leg) => leg.id === own.leg)?.answeredAt ?? null,
  };
}
