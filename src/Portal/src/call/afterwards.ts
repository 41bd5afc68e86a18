import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Fact } from "./lanes";

/** What the agents made of a call, beside what happened in it: marks and final summaries, as facts. */
export function useAfterwards(call: string, enabled: boolean): Fact[] {
  const path = { call };
  const marks = useQuery({ queryKey: ["marks", call], enabled, queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/marks", { path, signal }) });
  const summaries = useQuery({ queryKey: ["summaries", call], enabled, queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/summaries", { path, signal }) });
  return [
    ...(marks.data?.items ?? []).map(({ at, agent, mark }) => ({ kind: "callMarked", at, agent, mark }) as Fact),
    ...(summaries.data?.items ?? []).flatMap(({ at, agent, final, path }) => (final && at ? [{ kind: "callSummarized", at, agent, callType: path.join(" / ") } as Fact] : [])),
  ];
}

/** In the order of their instants. */
export const inOrder = (facts: Fact[], more: Fact[]) => [...facts, ...more].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
