import type { Definition } from "./model";

export interface Draft { name: string; flow: Definition }

/** A draft, and the version that it began with. */
interface Kept { version: number; draft: Draft }

const place = (user: string, flow: string) => `callcenter-draft ${user} ${flow}`;

/** What somebody left half edited in this browser. */
export function keptDraft(user: string, flow: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(place(user, flow)) ?? "null") as Kept | null;
  } catch {
    return null; // written by another version of the page
  }
}

export function keepDraft(user: string, flow: string, kept: Kept | null) {
  try {
    if (kept) localStorage.setItem(place(user, flow), JSON.stringify(kept));
    else localStorage.removeItem(place(user, flow));
  } catch { /* the browser's storage is full: the draft lives as long as the page */ }
}
