import { useSession, type Me } from "./session";

/** Where one is in a firm for a call of one's own only, which every question about the firm names: as an agent of the operator. */
export const isGuest = (me: Me | null | undefined) => me?.role === "operatorAgent";

/** What a question about a firm says besides. */
export function useOfCall(call: string | null | undefined): { call?: string } {
  const { data: me } = useSession();
  return call && isGuest(me) ? { call } : {};
}

/** How calls name an agent who is signed in. */
export const knownAs = (agent: string, me: Me | null | undefined) => (isGuest(me) ? `${agent}@operator` : agent);
