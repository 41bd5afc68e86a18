import { Descriptions, Drawer, Tag, Typography } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import type { Schema } from "../api/client";
import { itemsOf, useParts } from "../api/lists";
import type { Board, QueueLive } from "../live/useLive";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Teach } from "../parts/Teach";
import { Since } from "../parts/times";
import { useSpeech } from "../texts/texts";
import { long, State } from "./states";

type Call = Schema<"CallRecord">;
const day = 86_400_000;

/** One queue: who waits, and who serves it. */
export function QueueDetail({ queue, name, members, board, now, close }: { queue: QueueLive; name: string; members: { id: string; name: string }[]; board: Board; now: number; close: () => void }) {
  const { texts } = useSpeech();
  const words = texts.queueDetail;
  return (
    <Drawer title={name} open onClose={close} size="large">
      <Descriptions size="small" column={2} items={[
        { key: "waiting", label: texts.board.waiting, children: queue.waiting },
        { key: "longest", label: texts.board.longest, children: <Since at={queue.oldestSince} now={now} /> },
        { key: "free", label: texts.board.free, children: queue.agentsFree },
        { key: "in", label: texts.board.signedIn, children: queue.agentsSignedIn },
      ]} />
      <Typography.Title level={2} className="part">{words.waiting}</Typography.Title>
      <Waiting queue={queue} now={now} />
      <Typography.Title level={2} className="part">{words.members}</Typography.Title>
      <Grid<{ id: string; name: string }>
        name={words.members} rowKey="id" dataSource={members}
        locale={{ emptyText: <Teach title={words.noMembers} help={words.noMembersHelp}><Link to="/agents">{texts.board.toAgents}</Link></Teach> }}
        columns={[
          { title: texts.board.agent, dataIndex: "name" },
          { title: texts.board.state, key: "state", render: (_, member) => { const agent = board.agents.get(member.id); return agent && <State agent={agent} />; } },
          { title: texts.board.since, key: "since", align: "right", render: (_, member) => <Since at={board.agents.get(member.id)?.since ?? null} now={now} /> },
        ]}
      />
    </Drawer>
  );
}

/** Those of the newest calls that wait; the figures above count all. Read anew when the number changes. */
function Waiting({ queue, now }: { queue: QueueLive; now: number }) {
  const { texts } = useSpeech();
  const words = texts.queueDetail;
  const since = new Date(Math.floor((now - day) / day) * day).toISOString();
  const calls = useParts<Call>("GET /api/v1/calls", { queue: queue.queue, from: since, limit: "200" }, `${queue.waiting} ${queue.oldestSince}`);
  const waiting = itemsOf(calls).filter((call) => !call.endedAt && !call.answeredAt).reverse();
  const { refetch, dataUpdatedAt } = calls;
  const missing = waiting.length < queue.waiting && !calls.hasNextPage;
  useEffect(() => { // a record is there within a second of what it tells
    if (!missing) return;
    const timer = setTimeout(() => void refetch(), 1_000);
    return () => clearTimeout(timer);
  }, [missing, refetch, dataUpdatedAt]);
  if (calls.isError) return <Fault fault={calls.error} retry={() => void calls.refetch()} />;
  return (
    <Grid<Call>
      name={words.waiting} rowKey="id" parts={calls} dataSource={waiting}
      locale={{ emptyText: calls.isPending ? <span /> : <Teach title={words.nobody} help={words.nobodyHelp} /> }}
      columns={[
        { title: texts.calls.from, dataIndex: "from", render: (from: string | null, call) => <Link to={`/calls/${call.id}`}>{from ?? texts.calls.withheld}</Link> },
        { title: texts.calls.area, dataIndex: "homeArea" },
        { title: words.inCall, dataIndex: "startedAt", align: "right", render: (at: string) => <><Since at={at} now={now} /> {now - Date.parse(at) > long && <Tag className="state" color="red">{words.long}</Tag>}</> },
      ]}
    />
  );
}
