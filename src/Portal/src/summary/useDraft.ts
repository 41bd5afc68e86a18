import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../api/client";
import { keepDraft } from "./drafts";
import { bodyOf, type Words } from "./model";

const every = 5_000;

export type Saving = { state: "clean" } | { state: "changed" } | { state: "saved"; at: number } | { state: "failed" };

/** Saves a draft every 5 s while it changes, when the page is hidden or left, and again if that failed. What is typed is lost for 5 s at the most, whatever happens. */
export function useDraft(call: string, typesVersion: number, words: () => Words) {
  const [saving, setSaving] = useState<Saving>({ state: "clean" });
  const dirty = useRef(false);
  const latest = useRef(words);
  latest.current = words;
  const save = useCallback(async (leaving = false) => {
    if (!dirty.current) return;
    dirty.current = false;
    try {
      await ask("PUT /api/v1/calls/{call}/summary", { path: { call }, body: bodyOf(latest.current(), typesVersion, false), keepalive: leaving });
      if (!dirty.current) setSaving({ state: "saved", at: Date.now() });
    } catch {
      dirty.current = true; // the next round tries again
      setSaving({ state: "failed" });
    }
  }, [call, typesVersion]);
  useEffect(() => {
    const timer = setInterval(() => void save(), every);
    const hidden = () => { if (document.visibilityState === "hidden") void save(true); };
    document.addEventListener("visibilitychange", hidden);
    const leave = keepDraft(save);
    return () => {
      leave();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hidden);
      void save(true);
    };
  }, [save]);
  const touch = useCallback(() => {
    dirty.current = true;
    setSaving({ state: "changed" });
  }, []);
  /** It was written otherwise: there is nothing to save. */
  const settle = useCallback(() => {
    dirty.current = false;
    setSaving({ state: "saved", at: Date.now() });
  }, []);
  return { saving, touch, settle };
}
