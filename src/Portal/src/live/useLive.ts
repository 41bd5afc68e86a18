import { useEffect, useReducer, useState } from "react";
import type { Schema } from "../api/client";

export type QueueLive = Schema<"QueueLiveView">;
export type AgentLive = Schema<"PresenceView">;
export type LiveState = "connecting" | "live" | "lost";

type Event = { topic: "queues"; queue: QueueLive } | { topic: "agents"; agent: AgentLive } | { topic: "offers" | "calls" };
interface Batch { epoch: string; number: number; reset?: string; snapshot?: { queues?: QueueLive[]; agents?: AgentLive[] }; events: Event[] }

export interface Board { queues: ReadonlyMap<string, QueueLive>; agents: ReadonlyMap<string, AgentLive> }

const empty: Board = { queues: new Map(), agents: new Map() };
const again = 2_000;

function fold(board: Board, batch: Batch): Board {
  const queues = batch.reset ? new Map(batch.snapshot?.queues?.map((queue) => [queue.queue, queue])) : new Map(board.queues);
  const agents = batch.reset ? new Map(batch.snapshot?.agents?.map((agent) => [agent.agent, agent])) : new Map(board.agents);
  for (const event of batch.events)
    if (event.topic === "queues") queues.set(event.queue.queue, event.queue);
    else if (event.topic === "agents") agents.set(event.agent.agent, event.agent);
  return { queues, agents };
}

const everything = ["queues", "agents"] as const;

/** The live board of the tenant. After a break it goes on from the last number; what cannot be made up for comes as a new snapshot. With an agent, of this one only. */
export function useLive(topics: readonly ("queues" | "agents")[] = everything, agent: string | null = null): { board: Board; state: LiveState } {
  const [board, take] = useReducer(fold, empty);
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    let over = false;
    let stop = () => {};
    void watch();
    return () => { over = true; stop(); };

    async function watch() {
      const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import("@microsoft/signalr");
      let after: { epoch: string; number: number } | null = null;
      while (!over) {
        const hub = new HubConnectionBuilder().withUrl("/hubs/live", { skipNegotiation: true, transport: HttpTransportType.WebSockets }).configureLogging(LogLevel.None).build();
        stop = () => void hub.stop();
        try {
          await hub.start();
          await new Promise<void>((done, fail) => {
            hub.onclose(() => done());
            hub.stream<Batch>("Watch", { topics, agent, after }).subscribe({
              next: (batch) => {
                after = { epoch: batch.epoch, number: batch.number };
                take(batch);
                setState("live");
              },
              complete: done,
              error: fail,
            });
          });
        } catch { /* it is tried again below, and the page says that figures may be old */ }
        await hub.stop();
        if (over) return;
        setState((now) => (now === "live" ? "lost" : now));
        await new Promise((wake) => setTimeout(wake, again));
      }
    }
  }, [topics, agent]);
  return { board, state };
}
