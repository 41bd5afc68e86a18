import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../api/client";
import type { Me } from "../api/session";
import type { AgentLive, Board } from "../live/useLive";
import { faultText } from "../parts/faults";
import { useTexts } from "../texts/texts";

export type Mode = NonNullable<Schema<"LiveParty">["mode"]>;
export const modes: readonly Mode[] = ["monitor", "whisper", "barge"];

const remembered = "callcenter-listener";

/** Through which agent's phone this supervisor listens, to whom, and how. Who is no agent chooses a phone. */
export function useListening(me: Me | null | undefined, board: Board) {
  const texts = useTexts();
  const words = texts.listening;
  const { message } = App.useApp();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(() => localStorage.getItem(remembered) ?? undefined);
  const phone = me?.agent ?? chosen;
  const own = phone ? board.agents.get(phone) : undefined;
  const call = own?.call ?? undefined;
  const key = ["live", call];
  const live = useQuery<Schema<"CallLive">>({
    queryKey: [...key, own?.work, own?.since],
    enabled: !!call,
    refetchInterval: (query) => (query.state.data?.parties.some((one) => one.agent === phone) ? false : 1_000), // the agent is talking a moment before the call has it
    queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/live", { path: { call: call ?? "" }, signal }),
  });
  const party = live.data?.parties.find((one) => one.agent === phone && one.mode);

  const complain = (fault: unknown) => {
    const { message: title, detail } = faultText(fault, texts);
    void message.error(`${title} ${detail}`);
  };
  const listen = useMutation({
    mutationFn: ({ agent, call: to, mode }: { agent: string; call: string; mode: Mode }) => ask("POST /api/v1/calls/{call}/listen", { path: { call: to }, body: { agent, mode, as: phone ?? null } }),
    onSuccess: (_, { mode }) => { if (!party) void message.info(words.rings); void client.invalidateQueries({ queryKey: key }); return mode; },
    onError: complain,
  });
  const act = useMutation({
    mutationFn: (what: "takeOver" | "leave") => ask(what === "leave" ? "POST /api/v1/calls/{call}/leave" : "POST /api/v1/calls/{call}/listen/take-over", { path: { call: call ?? "" }, body: { agent: phone ?? null } }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
    onError: complain,
  });

  return {
    phone,
    choose: me?.agent ? undefined : (agent: string) => { localStorage.setItem(remembered, agent); setChosen(agent); },
    /** Null: nobody is listened to. */
    now: party && call ? { call, to: party.with ?? "", mode: party.mode as Mode } : null,
    begin: (agent: AgentLive, mode: Mode) => {
      if (!phone) void message.warning(words.choosePhone);
      else if (own?.presence === "signedOut") void message.warning(words.phoneOut);
      else if (agent.call) listen.mutate({ agent: agent.agent, call: agent.call, mode });
    },
    change: (mode: Mode) => { if (party?.with && call) listen.mutate({ agent: party.with, call, mode }); },
    takeOver: () => act.mutate("takeOver"),
    leave: () => act.mutate("leave"),
    busy: listen.isPending || act.isPending,
  };
}

export type Listening = ReturnType<typeof useListening>;
