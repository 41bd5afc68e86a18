import { Alert, Badge, Button, Card, Col, Flex, Row, Segmented, Select, Statistic, Tag, Typography } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { ask } from "../api/client";
import { useAgents, useQueues, useServing, useTeams } from "../api/lists";
import { useSession } from "../api/session";
import { Attention } from "../floor/Attention";
import { Course } from "../floor/Course";
import { ForceState } from "../floor/ForceState";
import { ListenBar, ListenPhone } from "../floor/ListenBar";
import { QueueDetail } from "../floor/QueueDetail";
import { long, State, stateOf } from "../floor/states";
import { useListening, type Listening } from "../floor/useListening";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { clock, Since, useNow } from "../parts/times";
import { Teach } from "../parts/Teach";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";
import { useLive, type AgentLive, type Board as LiveBoard, type LiveState, type QueueLive } from "../live/useLive";

/** What happens in the queues and what the agents do, as it happens, and the supervisor's hand in it. */
export default function Board() {
  const texts = useTexts();
  const { board, state } = useLive();
  const { data: me } = useSession();
  const agents = useAgents();
  const listening = useListening(me, board);
  const teams = useTeams();
  const [team, setTeam] = useState<string | null>(null);
  const chosen = teams.data?.find((one) => one.id === team);
  const shown = useMemo(() => narrowed(board, chosen?.agents), [board, chosen]);
  const serving = useServing();
  const name = new Map([...agents.data ?? [], ...serving.data ?? []].map((agent) => [agent.id, agent.name]));
  const now = useNow();
  return (
    <>
      <Head title={texts.board.title}>
        {!!teams.data?.length && <Select className="choice" aria-label={texts.teams.title} value={team ?? ""} onChange={(id) => setTeam(id || null)} options={[{ value: "", label: texts.teams.all }, ...teams.data.map((one) => ({ value: one.id, label: one.name }))]} />}
        <ListenPhone listening={listening} agents={agents.data ?? []} />
        <Connection state={state} />
      </Head>
      {state === "lost" && <Alert type="warning" showIcon banner title={texts.board.lost} />}
      <ListenBar listening={listening} name={(agent) => name.get(agent) ?? agent} />
      <Attention agents={[...shown.agents.values()]} called={(agent) => name.get(agent.agent) ?? agent.agent} now={now} listening={listening} />
      <Totals board={shown} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={11}><Queues board={board} ready={state !== "connecting"} /></Col>
        <Col xs={24} xl={13}><Agents board={shown} ready={state !== "connecting"} listening={listening} /></Col>
        <Col xs={24}><Course ready={state !== "connecting"} /></Col>
      </Row>
    </>
  );
}

/** The board with the agents of one team only. */
function narrowed(board: LiveBoard, agents: string[] | undefined): LiveBoard {
  if (!agents) return board;
  const own = new Set(agents);
  return { queues: board.queues, agents: new Map([...board.agents].filter(([agent]) => own.has(agent))) };
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
  const { board: words, queueDetail } = useTexts();
  const names = useQueues();
  const agents = useAgents();
  const now = useNow();
  const [opened, open] = useState<string | null>(null);
  const name = new Map(names.data?.map((queue) => [queue.id, queue.name]));
  const isLong = (queue: QueueLive) => !!queue.oldestSince && now - Date.parse(queue.oldestSince) > long;
  const detail = opened ? board.queues.get(opened) : undefined;
  return (
    <Card title={words.queues} size="small">
      <Grid<QueueLive>
        name={words.queues}
        rowKey="queue" loading={!ready}
        dataSource={[...board.queues.values()]}
        rowClassName={(queue) => (isLong(queue) ? "late figures" : queue.waiting > 0 ? "busy figures" : "figures")}
        locale={{ emptyText: ready ? <Teach title={words.noQueues} help={words.noQueuesHelp}><Link to="/queues">{words.toQueues}</Link></Teach> : <span /> }}
        columns={[
          { title: words.queue, dataIndex: "queue", render: (id: string) => <Button type="link" size="small" onClick={() => open(id)}>{name.get(id) ?? id}</Button> },
          { title: words.waiting, dataIndex: "waiting", align: "right" },
          { title: words.longest, dataIndex: "oldestSince", align: "right", render: (at: string | null, queue) => <>{isLong(queue) && <Tag className="state" color="red">{queueDetail.long}</Tag>}<Since at={at} now={now} /></> },
          { title: words.free, dataIndex: "agentsFree", align: "right" },
          { title: words.signedIn, dataIndex: "agentsSignedIn", align: "right" },
        ]}
      />
      {detail && <QueueDetail queue={detail} name={name.get(detail.queue) ?? detail.queue} members={(agents.data ?? []).filter((agent) => agent.queues.includes(detail.queue))} board={board} now={now} close={() => open(null)} />}
    </Card>
  );
}

function Agents({ board, ready, listening }: { board: LiveBoard; ready: boolean; listening: Listening }) {
  const { board: words, listening: listen, force, breaks } = useTexts();
  const first = useWriting<string>("GET /api/v1/agents", (agent) => ask("POST /api/v1/agents/{agent}/presence/first", { path: { agent } }), { done: breaks.firstDone, tells: true });
  const [all, setAll] = useState(false);
  const [forced, setForced] = useState<AgentLive | null>(null);
  const names = useAgents();
  const serving = useServing();
  const now = useNow();
  const known = [...names.data ?? [], ...serving.data ?? []];
  const name = new Map(known.map((agent) => [agent.id, agent.name]));
  const called = (agent: AgentLive) => name.get(agent.agent) ?? agent.agent;
  const numbers = new Map(known.map((agent) => [agent.id, agent.staffNumber]));
  const operators = new Set(serving.data?.map((agent) => agent.id));
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
          { title: words.agent, dataIndex: "agent", render: (_, agent) => <>{called(agent)} {numbers.get(agent.agent) && <Typography.Text type="secondary" className="figures" title={words.staffNumber}>{numbers.get(agent.agent)}</Typography.Text>}{operators.has(agent.agent) && <> <Tag>{words.operators}</Tag></>}</> },
          { title: words.state, key: "state", render: (_, agent) => <State agent={agent} /> },
          { title: words.since, dataIndex: "since", align: "right", render: (at: string | null) => (at ? clock(now - Date.parse(at)) : "") },
          { title: words.call, dataIndex: "call", render: (call: string | null) => (call ? <Link to={`/calls/${call}`}>{call.slice(0, 8)}</Link> : "") },
          {
            key: "acts", render: (_, agent) => (
              <Flex gap={4}>
                {agent.work === "talking" && !agent.elsewhere && agent.agent !== listening.phone && agent.call !== listening.now?.call && <Button size="small" aria-label={`${listen.monitor} ${called(agent)}`} loading={listening.busy} onClick={() => listening.begin(agent, "monitor")}>{listen.monitor}</Button>}
                {agent.break?.state === "waits" && <Button size="small" aria-label={`${breaks.first} ${called(agent)}`} loading={first.isPending && first.variables === agent.agent} onClick={() => first.mutate(agent.agent)}>{breaks.first}</Button>}
                {!operators.has(agent.agent) && <Button size="small" aria-label={`${force.title} ${called(agent)}`} onClick={() => setForced(agent)}>{force.button}</Button>}
              </Flex>
            ),
          },
        ]}
      />
      {forced && <ForceState agent={forced} name={called(forced)} inUse={agents.flatMap((agent) => (agent.reason ? [agent.reason] : []))} close={() => setForced(null)} />}
    </Card>
  );
}
