/** How people come in at this host: by the firm's identity provider, by passwords, or by both. */
interface Entry { provider: boolean; name: string | null; passwords: boolean }

const text = document.querySelector<HTMLMetaElement>('meta[name="entry"]')?.content;

export const entry: Entry = text ? JSON.parse(text) as Entry : { provider: false, name: null, passwords: true };

/** What the address says of a sign-in that was begun at the provider; the words are taken out of it, so that they do not stay. */
function fromAddress(): { fault: string | null; wantsCode: boolean } {
  const here = new URL(location.href);
  const found = { fault: here.searchParams.get("fault"), wantsCode: here.searchParams.get("signIn") === "code" };
  if (found.fault === null && !found.wantsCode) return found;
  here.searchParams.delete("fault");
  here.searchParams.delete("signIn");
  history.replaceState(history.state, "", here);
  return found;
}

export const arrival = fromAddress();

/** Leads to the provider, and back to the page that one is on. */
export const providerPath = () => `/api/v1/session/oidc/start?return=${encodeURIComponent(location.pathname + location.search)}`;
