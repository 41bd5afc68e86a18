import { ask, type Schema } from "../api/client";

/** By what an agent talks. */
export type Own = Schema<"StationAnswer">;
export type Kind = Own["kind"];

export const lookAtStation = () => ask("GET /api/v1/me/station");
export const chooseStation = (kind: Exclude<Kind, "number">) => ask("PUT /api/v1/me/station", { body: { kind } });
export const chooseNumber = (number: string) => ask("PUT /api/v1/me/station", { body: { kind: "number", number } });
export const connect = (client: string, sdp: string, take: boolean) => ask("POST /api/v1/me/station/connections", { body: { client, sdp, take } });
export const restart = (connection: string, sdp: string) => ask("POST /api/v1/me/station/connections/{connection}/sdp", { path: { connection }, body: { sdp } });
export const echo = (connection: string, on: boolean) => ask("POST /api/v1/me/station/connections/{connection}/echo", { path: { connection }, body: { on } });
export const disconnect = (connection: string) => ask("DELETE /api/v1/me/station/connections/{connection}", { path: { connection } });

/** What is said to an offer; again it does no harm, too late it is refused. */
export const offerIs = (what: "shown" | "answer" | "reject", call: string, epoch: number) => ask(`POST /api/v1/me/offers/{call}/{epoch}/${what}`, { path: { call, epoch: String(epoch) } });
