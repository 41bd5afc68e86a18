import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Spin } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { BrowserRouter, useLocation } from "react-router";
import { ask, Problem } from "../api/client";
import { endedKey, forgetSession, sessionKey, useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Unbroken } from "../parts/Unbroken";
import { SpeechProvider, type Spoken } from "../texts/texts";
import { LookProvider } from "./look";
import { SignIn } from "../pages/SignIn";

const Enrol = lazy(() => import("../pages/Enrol"));
const Forgot = lazy(() => import("../pages/Forgot"));
const Reset = lazy(() => import("../pages/Reset"));
const Shell = lazy(() => import("./Shell").then((module) => ({ default: module.Shell })));

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: (times, fault) => fault instanceof Problem && fault.status === 0 && times < 2 }, mutations: { networkMode: "always" } }, // what is pressed while the network is away fails at once: a call made minutes later is nobody's wish
  queryCache: new QueryCache({ onError: whenOver }),
  mutationCache: new MutationCache({ onError: whenOver }),
});

/** A session that ended meanwhile (by time, by an admin, by a second sign-in) leads to the sign-in, and says why; the address stays. */
function whenOver(fault: Error) {
  if (!(fault instanceof Problem)) return;
  if (fault.code === "secondFactorWanted") void client.invalidateQueries({ queryKey: sessionKey, exact: true });
  if (fault.status !== 401 || !client.getQueryData(sessionKey)) return;
  client.setQueryData(endedKey, true);
  forgetSession(client);
}

/** At its end a session is looked at anew, so that nobody goes on in a page that answers nothing. */
function useExpiry(expires: string | null | undefined) {
  useEffect(() => {
    if (!expires) return;
    const timer = setTimeout(() => void ask("GET /api/v1/session").catch(whenOver), Math.min(Math.max(0, Date.parse(expires) - Date.now()) + 1_000, longest));
    return () => clearTimeout(timer);
  }, [expires]);
}

const longest = 0x7fff_ffff; // what a timer takes, ms

export function App({ spoken }: { spoken: Spoken }) {
  return (
    <SpeechProvider spoken={spoken}>
      <LookProvider>
        <QueryClientProvider client={client}>
          <BrowserRouter>
            <Door />
          </BrowserRouter>
        </QueryClientProvider>
      </LookProvider>
    </SpeechProvider>
  );
}

const wait = <Spin size="large" className="wait" />;

/** What is seen before the pages: sign-in, and what may have to come before it. */
function Door() {
  const { pathname } = useLocation();
  return <Unbroken at={pathname}><Inside pathname={pathname} /></Unbroken>;
}

function Inside({ pathname }: { pathname: string }) {
  const session = useSession();
  useExpiry(session.data?.expires);
  if (pathname === "/forgot" || pathname === "/reset") return <Suspense fallback={wait}>{pathname === "/reset" ? <Reset /> : <Forgot />}</Suspense>;
  if (session.isPending) return wait;
  if (session.isLoadingError) return <main className="door"><Fault fault={session.error} retry={() => void session.refetch()} /></main>;
  if (!session.data) return <SignIn />;
  return <Suspense fallback={wait}>{session.data.mustEnrol ? <Enrol /> : <Shell me={session.data} />}</Suspense>;
}
