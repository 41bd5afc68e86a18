import { Problem } from "../api/client";

/** What is said with the API about the own station. */
export type Kind = "browser" | "phone";
export interface StationView { kind: Kind; extension: string; connected: boolean; connection: string | null; client: string | null; since: string | null }
export interface Connected { connection: string; sdp: string }

async function send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/me/${path}`, { method, credentials: "same-origin", ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }) });
  } catch {
    throw new Problem(0, "network", "", {});
  }
  if (!answer.ok) throw await Problem.of(answer);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as Answer;
}

const at = (...parts: (string | number)[]) => parts.map((part) => encodeURIComponent(part)).join("/");

export const lookAtStation = () => send<StationView>("GET", "station");
export const chooseStation = (kind: Kind) => send<StationView>("PUT", "station", { kind });
export const connect = (client: string, sdp: string, take: boolean) => send<Connected>("POST", "station/connections", { client, sdp, take });
export const restart = (connection: string, sdp: string) => send<{ sdp: string }>("POST", at("station", "connections", connection, "sdp"), { sdp });
export const echo = (connection: string, on: boolean) => send<undefined>("POST", at("station", "connections", connection, "echo"), { on });
export const disconnect = (connection: string) => send<undefined>("DELETE", at("station", "connections", connection));
export const offerIs = (what: "shown" | "answer" | "reject", call: string, epoch: number) => send<undefined>("POST", at("offers", call, epoch, what));
