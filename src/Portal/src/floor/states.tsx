import { Tag } from "antd";
import type { AgentLive } from "../live/useLive";
import { useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";

/** ms after which a caller has waited long: three rings' worth of patience, thrice. */
export const long = 60_000;

/** What an agent does for a call hides what it has chosen. */
export function stateOf(agent: AgentLive): keyof Texts["states"] {
  if (agent.work !== "idle") return agent.work;
  return agent.notResponding ? "notResponding" : agent.presence;
}

const colours: Partial<Record<keyof Texts["states"], string>> = { available: "green", talking: "blue", offered: "gold", afterCall: "purple", notResponding: "red", break: "orange", notReady: "orange" };

export function State({ agent }: { agent: AgentLive }) {
  const { states } = useTexts();
  const state = stateOf(agent);
  return <Tag className="state" color={colours[state]}>{states[state]}{agent.work === "idle" && agent.reason ? ` · ${agent.reason}` : null}</Tag>;
}
