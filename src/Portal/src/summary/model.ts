import type { Schema } from "../api/client";

export type Types = Schema<"CallTypesAnswer">;
export type CallType = Types["types"][number];
export type Summary = Schema<"SummaryAnswer">;

/** The form as it stands; fields by id. */
export interface Words { callType?: string | undefined; result?: string | undefined; note: string; fields: Record<string, string> }

export const between = " / ";

/** The names from the uppermost type down. */
export function pathOf(types: readonly CallType[], id: string | null | undefined): string[] {
  const path: string[] = [];
  for (let one = types.find((type) => type.id === id); one && path.length < 4;) {
    path.unshift(one.name);
    const above: string | null = one.parent;
    one = above ? types.find((type) => type.id === above) : undefined;
  }
  return path;
}

/** What can be chosen: types with none below. */
export const leaves = (types: readonly CallType[]) => types.filter((type) => !types.some((other) => other.parent === type.id));

export const mandatoryOf = (types: readonly CallType[], id: string | null | undefined) => new Set(types.find((type) => type.id === id)?.mandatory);

export const wordsOf = (summary: Summary): Words => ({
  callType: summary.callType ?? undefined, result: summary.result ?? undefined, note: summary.note, fields: Object.fromEntries(summary.fields.map(({ field, value }) => [field ?? "", value ?? ""])),
});

/** As the API takes it: whole, so that what was taken over from another agent becomes one's own. */
export const bodyOf = ({ callType, result, note, fields }: Words, typesVersion: number, final: boolean) => ({
  callType: callType ?? null, result: result ?? null, note: note ?? "", typesVersion, final,
  fields: Object.entries(fields ?? {}).filter(([, value]) => value).map(([field, value]) => ({ field, value })),
});

/** Where in the form a fault of the API belongs: fields[1].value and fields.serial are own fields. */
export function placeOf(name: string, sent: readonly { field: string }[]): (string | number)[] {
  const index = /^fields\[(\d+)\]/.exec(name)?.[1];
  if (index !== undefined) return ["fields", sent[Number(index)]?.field ?? ""];
  return name.split(".");
}
