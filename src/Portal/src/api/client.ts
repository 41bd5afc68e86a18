import type { operations, schemas } from "../../obj/api";

export type Schema<Name extends keyof schemas> = schemas[Name];
export type Operation = keyof operations;

/** A sentence of the API, and by what other languages say it. */
export interface Said { code: string; params: Record<string, string>; text: string }

/** A sentence of our own. */
export const plain = (text: string): Said => ({ code: "", params: {}, text });

/** What the API refuses, as problem details (RFC 9457) tell it; status 0: it could not be reached. */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: Said = plain(""), readonly fields: Record<string, Said[]> = {}, readonly more: Readonly<Record<string, unknown>> = {}) {
    super(detail.text || code);
  }

  static async of(answer: Response): Promise<Problem> {
    const body = await answer.json().catch(() => ({})) as { code?: string; detail?: string; reason?: Omit<Said, "text">; faults?: (Said & { field: string })[] };
    const fields: Record<string, Said[]> = {};
    for (const { field, ...said } of body.faults ?? []) (fields[field] ??= []).push(said);
    return new Problem(answer.status, body.code ?? "unknown", { ...plain(body.detail ?? ""), ...body.reason }, fields, body);
  }
}

interface Request<Op extends Operation> {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  /** A member left out keeps its value. */
  body?: Partial<operations[Op]["body"]>;
  /** The version that a write replaces; 0: it must be new. */
  version?: number;
  /** Instead of a body in JSON. */
  file?: Blob;
  signal?: AbortSignal;
  /** Goes on though the page is left; its body must be small. */
  keepalive?: boolean;
}

/** Asks the API. The session's cookie says for whom. */
export async function ask<Op extends Operation>(operation: Op, { path = {}, query = {}, body, file, version, signal, keepalive = false }: Request<Op> = {}): Promise<operations[Op]["answer"]> {
  const [method, shape] = operation.split(" ") as [string, string];
  const place = shape.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const wanted = new URLSearchParams(Object.entries(query).filter((one): one is [string, string] => !!one[1])).toString();
  const match: Record<string, string> = version === undefined ? {} : version === 0 ? { "If-None-Match": "*" } : { "If-Match": `"${version}"` };
  let answer: Response;
  try {
    answer = await fetch(wanted ? `${place}?${wanted}` : place, {
      method,
      credentials: "same-origin",
      keepalive,
      ...(file ? { body: file } : body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...match } }),
      ...(signal ? { signal } : {}),
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new Problem(0, "network");
  }
  if (!answer.ok) throw await Problem.of(answer);
  const text = await answer.text(); // a 202 and a 204 say nothing
  return (text ? JSON.parse(text) : undefined) as operations[Op]["answer"];
}
