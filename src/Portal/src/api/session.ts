import { useQuery, type QueryClient } from "@tanstack/react-query";
import { ask, Problem, type Schema } from "./client";

export type Me = Schema<"Me">;
export type Role = Me["role"];
export const sessionKey = ["session"];

/** True where somebody was signed in, and is not any more without having wished so. */
export const endedKey = ["session", "ended"];

/** Who is signed in; null: nobody. */
export const useSession = () => useQuery<Me | null>({
  queryKey: sessionKey,
  staleTime: Infinity,
  retry: false,
  queryFn: async ({ signal }) => {
    try {
      return await ask("GET /api/v1/session", { signal });
    } catch (fault) {
      if (fault instanceof Problem && fault.status === 401) return null;
      throw fault;
    }
  },
});

/** Nobody is signed in any more, and nothing of what was read is kept. Not clear(): those who look at the session would not hear of it. */
export function forgetSession(client: QueryClient) {
  client.setQueryData(sessionKey, null);
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}
