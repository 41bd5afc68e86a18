import type { DeskEvent } from "./desk";

/** What the firm's own programs hear when they show this page in a frame, or have opened it: a message of this form for each event of the topic "desk" (docs/cti.md). */
export interface CrmMessage { source: "callcenter"; event: DeskEvent }

/** Pages of the same origin are told, and of those that the firm allows: what the desk shows is personal. A browser gives a message to a page of the named origin only. */
export function tellCrm(event: DeskEvent, origins: readonly string[]): void {
  const message: CrmMessage = { source: "callcenter", event };
  for (const page of [window.parent, window.opener as Window | null])
    if (page && page !== window) for (const origin of [location.origin, ...origins]) page.postMessage(message, origin);
}

const once = 10_000; // ms; all tabs of this browser hear of an offer within that

/** Opens the firm's page about a call, if it opens by itself: in one of the tabs that hear of it. The page gets no hold of ours. */
export function openCrm(event: DeskEvent): void {
  if (event.topic !== "desk" || event.kind !== "offer" || !event.crm?.opens) return;
  const { url } = event.crm;
  const open = () => void window.open(url, "_blank", "noopener,noreferrer");
  if (!("locks" in navigator)) return open(); // no secure context
  void navigator.locks.request(`crm ${event.call}/${event.epoch}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    open();
    await new Promise((wake) => setTimeout(wake, once));
  });
}
