import { Alert, Badge, Card, Col, Row, Segmented, Statistic, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useAgents, useQueues } from "../api/lists";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { clock, Since, useNow } from "../parts/times";
import { Teach } from "../parts/Teach";
import { useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";
import { useLive, type AgentLive, type Board as LiveBoard, type LiveState, type QueueLive } from "../live/useLive";

/** What happens in the queues and what the agents do, as it happens. */
export default function Board() {
  const texts = useTexts();
  const { board, state } = useLive();
  return (
    <>
      <Head title={texts.board.title}><Connection state={state} /></Head>
      {state === "lost" && <Alert type="warning" showIcon banner title={texts.board.lost} />}
      <Totals board={board} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={12}><Queues board={board} ready={state !== "connecting"} /></Col>
        <Col xs={24} xl={12}><Agents board={board} ready={state !== "connecting"} /></Col>
      </Row>
    </>
  );
}

function Connection({ state }: { state: LiveState }) {
  const texts = useTexts();
  const [status, text] = state === "live" ? ["success", texts.board.live] as const : state === "lost" ? ["error", texts.board.connecting] as const : ["processing", texts.board.connecting] as const;
  return <span role="status"><Badge status={status} text={text} /></span>;
}

function Totals({ board }: { board: LiveBoard }) {
  const { board: words, states } = useTexts();
  const queues = [...board.queues.values()];
  const agents = [...board.agents.values()];
  const inState = (state: keyof Texts["states"]) => agents.filter((agent) => stateOf(agent) === state).length;
  const figures: [string, number][] = [
    [words.waiting, queues.reduce((sum, queue) => sum + queue.waiting, 0)],
    [states.available, inState("available")],
    [states.talking, inState("talking")],
    [states.afterCall, inState("afterCall")],
    [states.break, inState("break")],
    [words.signedIn, agents.filter((agent) => agent.presence !== "signedOut").length],
  ];
  return (
    <Row gutter={[16, 16]} className="search">
      {figures.map(([title, value]) => <Col key={title} xs={12} sm={8} xl={4}><Card size="small"><Statistic title={title} value={value} /></Card></Col>)}
    </Row>
  );
}

function Queues({ board, ready }: { board: LiveBoard; ready: boolean }) {
  const { board: words } = useTexts();
  const names = useQueues();
  const now = useNow();
  const name = new Map(names.data?.map((queue) => [queue.id, queue.name]));
  return (
    <Card title={words.queues} size="small">
      <Grid<QueueLive>
        name={words.queues}
        rowKey="queue" loading={!ready}
        dataSource={[...board.queues.values()]}
        rowClassName={(queue) => (queue.waiting > 0 ? "busy figures" : "figures")}
        locale={{ emptyText: ready ? <Teach title={words.noQueues} help={words.noQueuesHelp}><Link to="/queues">{words.toQueues}</Link></Teach> : <span /> }}
        columns={[
          { title: words.queue, dataIndex: "queue", render: (id: string) => name.get(id) ?? id },
          { title: words.waiting, dataIndex: "waiting", align: "right" },
          { title: words.longest, dataIndex: "oldestSince", align: "right", render: (at: string | null) => <Since at={at} now={now} /> },
          { title: words.free, dataIndex: "agentsFree", align: "right" },
          { title: words.signedIn, dataIndex: "agentsSignedIn", align: "right" },
        ]}
      />
    </Card>
  );
}

function Agents({ board, ready }: { board: LiveBoard; ready: boolean }) {
  const { board: words } = useTexts();
  const [all, setAll] = useState(false);
  const names = useAgents();
  const now = useNow();
  const name = new Map(names.data?.map((agent) => [agent.id, agent.name]));
  const agents = [...board.agents.values()];
  const shown = all ? agents : agents.filter((agent) => agent.presence !== "signedOut" || agent.work !== "idle");
  return (
    <Card title={words.agents} size="small" extra={<Segmented size="small" value={all} onChange={setAll} options={[{ label: words.signedInOnly, value: false }, { label: words.all, value: true }]} />}>
      <Grid<AgentLive>
        name={words.agents}
        rowKey="agent" loading={!ready} pagination={shown.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        dataSource={shown}
        locale={{ emptyText: !ready ? <span /> : agents.length === 0 ? <Teach title={words.noAgents} help={words.noAgentsHelp}><Link to="/agents">{words.toAgents}</Link></Teach> : <Teach title={words.nobody} help={words.nobodyHelp} /> }}
       
        columns={[
          { title: words.agent, dataIndex: "agent", render: (id: string) => name.get(id) ?? id },
          { title: words.state, key: "state", render: (_, agent) => <State agent={agent} /> },
          { title: words.since, dataIndex: "since", align: "right", render: (at: string | null) => (at ? clock(now - Date.parse(at)) : "") },
          { title: words.call, dataIndex: "call", render: (call: string | null) => (call ? <Link to={`/calls/${call}`}>{call.slice(0, 8)}</Link> : "") },
        ]}
      />
    </Card>
  );
}

/** What an agent does for a call hides what it has chosen. */
function stateOf(agent: AgentLive): keyof Texts["states"] {
  if (agent.work !== "idle") return agent.work;
  return agent.notResponding ? "notResponding" : agent.presence;
}

const colours: Partial<Record<keyof Texts["states"], string>> = { available: "green", talking: "blue", offered: "gold", afterCall: "purple", notResponding: "red", break: "orange", notReady: "orange" };

function State({ agent }: { agent: AgentLive }) {
  const { states } = useTexts();
  const state = stateOf(agent);
  return <Tag color={colours[state]}>{states[state]}{agent.work === "idle" && agent.reason ? ` · ${agent.reason}` : null}</Tag>;
}
