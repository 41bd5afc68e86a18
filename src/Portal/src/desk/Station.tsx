import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { knownAs } from "../api/ofCall";
import { useSession } from "../api/session";
import { Phone } from "../phone/Phone";
import { Bell } from "../phone/ring";
import { partOf } from "./desk";
import { Dock } from "./Pop";
import { Standing, type Station } from "./standing";
import { useAnswering } from "./useAnswering";
import { useDesk, useKind } from "./useDesk";

/** Phone, offers and call of the agent who is signed in. It stands above the pages, so that a call goes on while one looks something up. */
export function StationProvider({ agent, children }: { agent: string; children: ReactNode }) {
  const [phone] = useState(() => new Phone());
  const line = useSyncExternalStore(phone.subscribe, phone.view);
  useEffect(() => phone.start(), [phone]);
  const { desk, live } = useDesk(agent, phone);
  const { kind, choose, choosing, own, set } = useKind(phone, desk.station?.kind);
  const known = knownAs(agent, useSession().data);
  const part = useMemo(() => partOf(desk.call, known), [desk.call, known]);
  const here = line.line.at === "up";
  const { answer, reject, expect, rings } = useAnswering(desk, part, phone, here);
  useBell(rings && here, line.devices.ringer);
  useWarning(here && part !== null);
  const station = useMemo<Station>(() => ({ agent, desk, part, live, kind, phone, line, here, choose, choosing, own, set, answer, reject, expect }), [agent, desk, part, live, kind, phone, line, here, choose, choosing, own, set, answer, reject, expect]);
  return <Standing.Provider value={station}>{children}<Dock /></Standing.Provider>;
}

function useBell(rings: boolean, device: string) {
  const bell = useRef<Bell>(null);
  useEffect(() => {
    if (!rings) return;
    const now = bell.current ??= new Bell();
    now.start(device);
    return () => now.stop();
  }, [rings, device]);
}

/** Whoever closes or leaves the page in a call is asked first. */
function useWarning(inCall: boolean) {
  useEffect(() => {
    if (!inCall) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [inCall]);
}
