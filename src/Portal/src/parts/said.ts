import type { Said } from "../api/client";
import type { Texts } from "../texts/zh";

/** A sentence of the API in the reader's language, if that is not its own. */
export function said({ code, params, text }: Said, { faults }: Texts): string {
  const words = (faults as Record<string, string | undefined>)[code];
  return words ? words.replace(/\{(\w+)\}/g, (hole, name: string) => params[name] ?? hole) : text;
}

export const saidOf = (fields: Record<string, Said[]>, texts: Texts): Record<string, string[]> =>
  Object.fromEntries(Object.entries(fields).map(([field, faults]) => [field, faults.map((fault) => said(fault, texts))]));
