import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "../texts/texts";
import { ask, type Schema } from "./client";

export type Reason = Schema<"PresenceReason">;
export const reasonsKey = ["GET /api/v1/reasons"];

/** The firm's reasons, and how they are called in the reader's language. While there are none, any word is one. */
export function useReasons() {
  const { language } = useSpeech();
  const known = useQuery({ queryKey: reasonsKey, staleTime: 60_000, queryFn: ({ signal }) => ask("GET /api/v1/reasons", { signal }) });
  const reasons = known.data?.reasons ?? [];
  const named = (reason: Reason) => (language === "zh" ? reason.zh : reason.en);
  return {
    isEmpty: reasons.length === 0,
    name: (code: string) => { const found = reasons.find((reason) => reason.code === code); return found ? named(found) : code; },
    choices: (presence: string) => reasons.filter((reason) => !reason.for || reason.for === presence).map((reason) => ({ value: reason.code, label: named(reason) })),
  };
}
