import { useEffect, useReducer, useState } from "react";
import type { Schema } from "../api/client";
import { follow } from "./follow";

export type QueueLive = Schema<"QueueLiveView">;
export type AgentLive = Schema<"PresenceView">;
export type LiveState = "connecting" | "live" | "lost";

type Event = { topic: "queues"; queue: QueueLive } | { topic: "agents"; agent: AgentLive } | { topic: "offers" | "calls" };
interface Batch { epoch: string; number: number; reset?: string; snapshot?: { queues?: QueueLive[]; agents?: AgentLive[] }; events: Event[] }

export interface Board { queues: ReadonlyMap<string, QueueLive>; agents: ReadonlyMap<string, AgentLive> }

const empty: Board = { queues: new Map(), agents: new Map() };

function fold(board: Board, batch: Batch): Board {
  const queues = batch.reset ? new Map(batch.snapshot?.queues?.map((queue) => [queue.queue, queue])) : new Map(board.queues);
  const agents = batch.reset ? new Map(batch.snapshot?.agents?.map((agent) => [agent.agent, agent])) : new Map(board.agents);
  for (const event of batch.events)
    if (event.topic === "queues") queues.set(event.queue.queue, event.queue);
    else if (event.topic === "agents") agents.set(event.agent.agent, event.agent);
  return { queues, agents };
}

const everything = ["queues", "agents"] as const;

/** The live board of the tenant. With an agent, of this one only. */
export function useLive(topics: readonly ("queues" | "agents")[] = everything, agent: string | null = null): { board: Board; state: LiveState } {
  const [board, take] = useReducer(fold, empty);
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => follow<Batch>({ topics, agent }, (batch) => {
    take(batch);
    setState("live");
  }, () => setState((now) => (now === "live" ? "lost" : now))), [topics, agent]);
  return { board, state };
}
