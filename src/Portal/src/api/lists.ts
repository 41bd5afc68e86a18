import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ask, type Operation, type Schema } from "./client";
import type { asSheet } from "./sheets";

const most = "200";

/** A list, part by part. With another version it is read anew. */
export function useParts<Item>(operation: Operation, query: Record<string, string | undefined> = {}, version = "") {
  return useInfiniteQuery({
    queryKey: [operation, query, version],
    ...(version ? { placeholderData: keepPreviousData } : {}),
    queryFn: ({ pageParam, signal }) => ask(operation, { query: { ...query, cursor: pageParam }, signal }) as Promise<{ items: Item[]; next: string | null }>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (part) => part.next ?? undefined,
  });
}

export type Parts<Item> = ReturnType<typeof useParts<Item>>;

/** What was read of a list so far. */
export const itemsOf = <Item>(parts: Parts<Item>): Item[] => parts.data?.pages.flatMap((part) => part.items) ?? [];

/** A list that forms choose from, or pages name things by: all of it. */
export function useAll<Item>(operation: Operation, enabled = true, how: Partial<typeof asSheet> = {}) {
  return useQuery({
    queryKey: [operation, "all"],
    enabled,
    ...how,
    queryFn: async ({ signal }) => {
      const all: Item[] = [];
      for (let cursor: string | undefined; ;) {
        const part = await ask(operation, { query: { limit: most, cursor }, signal }) as { items: Item[]; next: string | null };
        all.push(...part.items);
        if (!part.next) return all;
        cursor = part.next;
      }
    },
  });
}

export const useQueues = (enabled = true) => useAll<Schema<"QueueAnswer">>("GET /api/v1/queues", enabled);
export const useAgents = (enabled = true) => useAll<Schema<"AgentAnswer">>("GET /api/v1/agents", enabled);
/** The operator's agents who serve the firm. */
export const useServing = () => useAll<Schema<"ServingAgent">>("GET /api/v1/operator-agents");
export const useTeams = (enabled = true) => useAll<Schema<"TeamAnswer">>("GET /api/v1/teams", enabled);
