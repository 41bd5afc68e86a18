import type { DeskEvent } from "./desk";

/** What the firm's own programs hear when they show this page in a frame, or have opened it: a message of this form for each event of the topic "desk". */
export interface CrmMessage { source: "callcenter"; event: DeskEvent }

/** Only pages of the same origin are told: what the desk shows is personal. */
export function tellCrm(event: DeskEvent): void {
  const message: CrmMessage = { source: "callcenter", event };
  for (const page of [window.parent, window.opener as Window | null])
    if (page && page !== window) page.postMessage(message, location.origin);
}
