import { Problem, type Said, type Schema } from "./client";

/** What comes and goes as a table. */
export type Table = "users" | "agents" | "customers";
export type Outcome = Schema<"Imported">;

/** Sends a CSV table, as its bytes are: the API knows UTF-8 and GB18030 apart. */
export async function sendTable(table: Table, file: Blob, check: boolean): Promise<Outcome> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/${table}/import?check=${check}`, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "text/csv" }, body: file });
  } catch {
    throw new Problem(0, "network");
  }
  if (!answer.ok) throw await Problem.of(answer);
  return await answer.json() as Outcome;
}

export const exportOf = (table: Table | "calls", query: Record<string, string | undefined> = {}) => {
  const wanted = new URLSearchParams(Object.entries(query).filter((one): one is [string, string] => !!one[1])).toString();
  return `/api/v1/exports/${table}${wanted ? `?${wanted}` : ""}`;
};

export interface TableFault { row: number; column: string; said: Said }

/** The faults of a table by row and column; those without a row concern the whole. */
export function faultsOf(fault: unknown): TableFault[] {
  if (!(fault instanceof Problem)) return [];
  return Object.entries(fault.fields).flatMap(([field, faults]) => {
    const [, row, column] = /^rows\[(\d+)\](?:\.(.*))?$/.exec(field) ?? [];
    return faults.map((said) => ({ row: Number(row ?? 0), column: column ?? (row ? "" : field), said }));
  }).sort((one, other) => one.row - other.row);
}
