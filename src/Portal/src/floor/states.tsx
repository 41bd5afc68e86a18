import { Tag } from "antd";
import { useReasons } from "../api/reasons";
import type { AgentLive } from "../live/useLive";
import { useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";

/** ms after which a caller has waited long: three rings' worth of patience, thrice. */
export const long = 60_000;

/** Of a colleague not all is known. */
type Shown = Pick<AgentLive, "presence" | "reason" | "work" | "notResponding"> & Partial<AgentLive>;

/** What an agent does for a call hides what it has chosen. */
export function stateOf(agent: Shown): keyof Texts["states"] {
  if (agent.elsewhere) return "elsewhere";
  if (agent.work !== "idle") return agent.work;
  return agent.notResponding ? "notResponding" : agent.presence;
}

const colours: Partial<Record<keyof Texts["states"], string>> = { available: "green", talking: "blue", offered: "gold", afterCall: "purple", notResponding: "red", break: "orange", notReady: "orange" };

export function State({ agent }: { agent: Shown }) {
  const { states, breaks } = useTexts();
  const reasons = useReasons();
  const state = stateOf(agent);
  const { break: pause } = agent;
  return (
    <>
      <Tag className="state" color={colours[state]}>{states[state]}{agent.work === "idle" && agent.reason ? ` · ${reasons.name(agent.reason)}` : null}</Tag>
      {pause?.state === "waits" && <Tag className="state" color="orange">{`${breaks.waits} · ${breaks.place} ${pause.place ?? ""}`}</Tag>}
      {pause?.state === "allowed" && <Tag className="state" color="orange">{breaks.allowed}</Tag>}
      {pause?.overrun && <Tag className="state" color="red">{breaks.overrun}</Tag>}
      {agent.helpSince && <Tag className="state" color="gold">{breaks.asksHelp}</Tag>}
    </>
  );
}
