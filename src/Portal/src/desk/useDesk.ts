import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { ask } from "../api/client";
import { isGuest } from "../api/ofCall";
import { useSession } from "../api/session";
import { follow } from "../live/follow";
import type { LiveState } from "../live/useLive";
import type { Phone } from "../phone/Phone";
import { chooseStation, lookAtStation, type Kind, type Own } from "../phone/wire";
import { useComplaint } from "./complaint";
import { openCrm, tellCrm } from "./crm";
import { emptyDesk, endOf, foldDesk, lastOfStation, type Desk, type DeskBatch, type StationEvent } from "./desk";

const topics = ["desk", "agents"] as const;
const stationKey = ["station"] as const;
const known = 60_000; // ms; what the firm allows may change

const take = (desk: Desk, batch: DeskBatch) => foldDesk(desk, batch, Date.now());

/** What happens at an agent's desk, as the hub tells it. The phone hears of what concerns it. */
export function useDesk(agent: string, phone: Phone): { desk: Desk; live: LiveState } {
  const [desk, tell] = useReducer(take, emptyDesk);
  const [live, setLive] = useState<LiveState>("connecting");
  const allowed = useAllowed();
  useEffect(() => follow<DeskBatch>({ topics, agent }, (batch) => {
    tell(batch);
    setLive("live");
    for (const event of batch.events) {
      if (event.topic !== "desk") continue;
      tellCrm(event, allowed.current);
      openCrm(event);
    }
    const station = lastOfStation(batch.events);
    if (station) tellPhone(phone, station);
  }, () => setLive((now) => (now === "live" ? "lost" : now))), [agent, phone, allowed]);
  return { desk, live };
}

const fresh = 60_000; // ms

/** Whose pages hear of it, besides our own; none where one has calls of several firms. */
function useAllowed() {
  const { data: me } = useSession();
  const { data } = useQuery({ queryKey: ["GET /api/v1/cti"], enabled: !!me && !isGuest(me), queryFn: ({ signal }) => ask("GET /api/v1/cti", { signal }), staleTime: fresh });
  const allowed = useRef<readonly string[]>([]);
  useEffect(() => { allowed.current = data?.origins ?? []; }, [data]);
  return allowed;
}

function tellPhone(phone: Phone, event: StationEvent) {
  const { line } = phone.view();
  const end = line.at === "up" ? endOf(line.connection, phone.client, event) : null;
  if (line.at === "up" && end) phone.happens({ is: "closed", connection: line.connection, taken: end === "taken" });
}

/** By what the agent talks; with a browser, the phone of this tab is wanted. */
export function useKind(phone: Phone, told: Kind | undefined) {
  const client = useQueryClient();
  const complain = useComplaint();
  const { data } = useQuery({ queryKey: stationKey, queryFn: lookAtStation, staleTime: known });
  const { mutate: choose, isPending: choosing } = useMutation({ mutationFn: chooseStation, onSuccess: (now) => client.setQueryData(stationKey, now), onError: complain });
  const kind = told ?? data?.kind;
  const own = data?.kind;
  useEffect(() => { if (told && own && told !== own) void client.invalidateQueries({ queryKey: stationKey }); }, [told, own, client]); // chosen in another tab
  const set = useCallback((now: Own) => client.setQueryData(stationKey, now), [client]);
  useEffect(() => { phone.happens({ is: kind === "browser" ? "wanted" : "unwanted" }); }, [kind, phone]);
  return { kind, choose, choosing, own: data, set };
}
