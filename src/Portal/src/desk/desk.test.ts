import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { emptyDesk, endOf, foldDesk, lastOfStation, partOf, type CallLive, type Desk, type DeskEvent, type Offer, type StationEvent } from "./desk";

const offer: Offer = { call: "k1", epoch: 3, until: "2026-01-01T00:00:15Z", ring: false, queue: { id: "sales", name: "Sales" }, firm: { tenant: "acme", name: "Acme", colour: null }, from: "138****0000", waited: 4000, digits: [], customer: null, script: null, staffNumber: "8001", visit: [], crm: null };
const party = (leg: string, agent: string | null, rest: object = {}) => ({ leg, agent, aside: false, muted: false, mode: null, with: null, does: "talk", held: false, ...rest });
const call = (rest: object = {}) => ({ id: "k1", direction: "inbound", phase: "talking", customer: "caller", queue: "sales", held: false, flow: null, recording: { records: true, paused: false, why: null }, legs: [{ id: "l1", role: "agent", phase: "answered", agent: "anna", answeredAt: "2026-01-01T00:00:05Z" }], parties: [party("l1", "anna")], reaches: [], ...rest }) as unknown as CallLive;

const told = (desk: Desk, ...events: DeskEvent[]) => foldDesk(desk, { epoch: "e", number: 1, events }, 1000);
const offered: DeskEvent = { topic: "desk", kind: "offer", ...offer };
const joined = (state: CallLive | null): DeskEvent => ({ topic: "desk", kind: "call", call: "k1", state });

test("an offer pops up, rings and goes", () => {
  const ringing = told(emptyDesk, offered, { topic: "desk", kind: "ring", call: "k1", epoch: 3 });
  deepEqual(ringing.offers.map((one) => one.ring), [true]);
  equal(told(ringing, { topic: "desk", kind: "offerGone", call: "k1", epoch: 2, why: "expired" }).offers.length, 1); // an older one's end
  equal(told(ringing, { topic: "desk", kind: "offerGone", call: "k1", epoch: 3, why: "expired" }).offers.length, 0);
});

test("what the pop said stays in sight during the call, whichever word comes first", () => {
  const gone: DeskEvent = { topic: "desk", kind: "offerGone", call: "k1", epoch: 3, why: "taken" };
  for (const order of [[joined(call()), gone], [gone, joined(call())]]) {
    const desk = told(emptyDesk, offered, ...order);
    equal(desk.offers.length, 0);
    equal(desk.contact?.from, "138****0000");
  }
  equal(told(emptyDesk, offered, gone, joined(call({ id: "k2" }))).contact, null); // another call's pop
});

test("a hold counts from its beginning", () => {
  const held = told(emptyDesk, joined(call({ held: true })));
  equal(foldDesk(held, { epoch: "e", number: 2, events: [joined(call({ held: true }))] }, 5000).heldSince, 1000);
  equal(told(held, joined(call())).heldSince, null);
});

test("a snapshot says all after a reload", () => {
  const desk = foldDesk(emptyDesk, { epoch: "e", number: 9, reset: "new", snapshot: { agents: [], desk: { station: { kind: "browser", connected: true, connection: "c1", client: "t1", since: null, why: null }, offers: [], call: call(), contact: offer } }, events: [] }, 1);
  equal(desk.station?.connection, "c1");
  equal(desk.contact?.from, "138****0000"); // what the pop said is back too
  equal(partOf(desk.call, "anna")?.since, "2026-01-01T00:00:05Z");
});

test("an agent's part: alone, consulting, in a conference", () => {
  equal(partOf(call(), "bob"), null);
  const asking = partOf(call({ parties: [party("l1", "anna", { aside: true }), party("l2", "bob", { aside: true })] }), "anna");
  deepEqual([asking?.aside, asking?.consulted?.agent], [true, "bob"]);
  const three = partOf(call({ parties: [party("l1", "anna"), party("l2", "bob"), party("l3", "lead", { mode: "monitor" })] }), "anna");
  deepEqual([three?.aside, three?.others.map((one) => one.agent)], [false, ["bob"]]); // who only listens is not shown
});

const says = (connection: string | null, client: string | null, why: string): StationEvent => ({ topic: "desk", kind: "station", station: "browser", connected: why !== "lost", connection, client, since: null, why });

test("a connection is over when another tab has the station, or when it is not heard any more", () => {
  equal(endOf("c1", "me", says("c2", "other", "taken")), "taken");
  equal(endOf("c1", "me", says("c1", "me", "lost")), "lost");
  equal(endOf("c1", "me", says(null, null, "closed")), "lost");
  equal(endOf("c1", "me", says("c1", "me", "connects")), null);
  equal(endOf("c2", "me", says("c1", "me", "lost")), null); // the one before
});

test("of what was said of the station while nobody listened the last word holds", () => {
  for (const missed of [[says("c1", "me", "lost"), says("c1", "me", "back")], [says("c0", "other", "taken"), says("c1", "me", "taken")], [says(null, null, "closed"), says("c1", "me", "connects")]])
    equal(endOf("c1", "me", lastOfStation([...missed, offered])!), null);
  equal(endOf("c1", "me", lastOfStation([says("c1", "me", "connects"), says("c1", "me", "lost")])!), "lost");
  equal(lastOfStation([offered]), undefined);
});
