import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Spin } from "antd";
import { lazy, Suspense } from "react";
import { BrowserRouter } from "react-router";
import { Problem } from "../api/client";
import { sessionKey, useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { SpeechProvider } from "../texts/texts";
import { LookProvider } from "./look";
import { SignIn } from "../pages/SignIn";

const Shell = lazy(() => import("./Shell").then((module) => ({ default: module.Shell })));

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: (times, fault) => fault instanceof Problem && fault.status === 0 && times < 2 } },
  queryCache: new QueryCache({ onError: (fault) => { if (fault instanceof Problem && fault.status === 401) client.setQueryData(sessionKey, null); } }),
});

export function App() {
  return (
    <SpeechProvider>
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

function Door() {
  const session = useSession();
  if (session.isPending) return <Spin size="large" className="wait" />;
  if (session.isError) return <main className="door"><Fault fault={session.error} retry={() => void session.refetch()} /></main>;
  if (!session.data) return <SignIn />;
  return <Suspense fallback={<Spin size="large" className="wait" />}><Shell me={session.data} /></Suspense>;
}
