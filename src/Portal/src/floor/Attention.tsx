import { Alert, Button, Flex, Tag } from "antd";
import type { AgentLive } from "../live/useLive";
import { useReasons } from "../api/reasons";
import { clock } from "../parts/times";
import { useTexts } from "../texts/texts";
import type { Listening } from "./useListening";

/** What somebody who leads must see at once: who asks for help in a call, and whose break is overrun. */
export function Attention({ agents, called, now, listening }: { agents: AgentLive[]; called: (agent: AgentLive) => string; now: number; listening: Listening }) {
  const { breaks: words } = useTexts();
  const reasons = useReasons();
  const hands = agents.filter((agent) => agent.helpSince).sort((a, b) => (a.helpSince ?? "").localeCompare(b.helpSince ?? ""));
  const overruns = agents.filter((agent) => agent.break?.overrun);
  if (hands.length + overruns.length === 0) return null;
  return (
    <div role="status" className="attention">
      {hands.map((agent) => (
        <Alert
          key={agent.agent} type="warning" showIcon title={`${called(agent)} · ${words.asksHelp} · ${clock(now - Date.parse(agent.helpSince ?? ""))}`}
          action={agent.call && agent.agent !== listening.phone ? <Button size="small" loading={listening.busy} onClick={() => listening.begin(agent, "monitor")} aria-label={`${words.listenIn} ${called(agent)}`}>{words.listenIn}</Button> : undefined}
        />
      ))}
      {overruns.length > 0 && <Alert type="error" showIcon title={words.overruns} description={<Flex gap={4} wrap>{overruns.map((agent) => <Tag key={agent.agent} className="state">{`${called(agent)} · ${reasons.name(agent.break?.reason ?? "")} · ${clock(now - Date.parse(agent.break?.since ?? ""))}`}</Tag>)}</Flex>} />}
    </div>
  );
}
