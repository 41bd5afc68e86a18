import type { schemas } from "../../obj/api";

export type About = schemas["WebCallAbout"];
export type State = schemas["VisitAnswer"]["state"];

/** What the API refuses, by its code for programs. */
export class Refusal extends Error {}

async function ask<Answer>(path: string, method: string, token?: string, body?: unknown, keepalive = false): Promise<Answer> {
  const answer = await fetch(`/api/v1/webcalls${path}`, {
    method, keepalive, credentials: "omit", cache: "no-store",
    headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body ? { "Content-Type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const told = (text && answer.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : {}) as { code?: string };
  if (!answer.ok) throw new Refusal(told.code ?? "failed");
  return told as Answer;
}

export const about = (number: string) => ask<About>(`/${encodeURIComponent(number)}`, "GET");
export const open = (wish: Partial<schemas["WebCallForm"]>) => ask<schemas["WebCallOpened"]>("", "POST", undefined, wish);
export const state = (call: string, token: string) => ask<schemas["VisitAnswer"]>(`/${call}/state`, "GET", token);
export const move = (call: string, token: string, sdp: string) => ask<schemas["SdpAnswered"]>(`/${call}/sdp`, "POST", token, { sdp });

/** Also from a page that is just being closed. */
export const end = (call: string, token: string) => ask<unknown>(`/${call}`, "DELETE", token, undefined, true).catch(() => undefined);
