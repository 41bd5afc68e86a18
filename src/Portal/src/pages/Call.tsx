import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions, Flex, Skeleton, Timeline, Typography } from "antd";
import type { ReactNode } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { hears, onFloor, readsAll, readsPeople } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useAgents } from "../api/lists";
import { useSession } from "../api/session";
import { inOrder, useAfterwards } from "../call/afterwards";
import { Ladders } from "../call/Ladder";
import type { Fact } from "../call/lanes";
import { Picture } from "../call/Picture";
import { CustomerCard } from "../customers/CustomerCard";
import { Fault } from "../parts/faults";
import { Head } from "../parts/Head";
import { Player } from "../parts/Player";
import { CallBack, CustomerNumber } from "../parts/Reveal";
import { clock, instant } from "../parts/times";
import { MarkButtons } from "../summary/MarkButtons";
import { Summaries } from "../summary/Summaries";
import { SummaryForm } from "../summary/SummaryForm";
import { useSpeech } from "../texts/texts";

type Record_ = Schema<"CallRecord">;

/** One call: its record, its recordings, and what happened, as a picture, in order, and on the wire. */
export default function Call() {
  const { texts } = useSpeech();
  const words = texts.calls;
  const { id = "" } = useParams();
  const { data: me } = useSession();
  const call = useQuery({ queryKey: ["call", id], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}", { path: { call: id }, signal }) });
  return (
    <>
      <Head title={words.detail}>{call.data && <CallBack of={{ call: id }} />}<Link to={me && readsAll(me.role) ? "/calls" : "/desk"}>{words.back}</Link></Head>
      {call.isLoadingError ? <Fault fault={call.error} retry={() => void call.refetch()} /> : (
        <Flex vertical gap="middle">
          <Card>{call.data ? <Facts call={call.data} /> : <Skeleton active />}</Card>
          {call.data?.web && <Card title={texts.webCalls.visitor} size="small"><Visitor call={call.data.id} /></Card>}
          {call.data && me && call.data.direction !== "internal" && readsPeople(me.role) && <People call={id} writes={!!me.agent} />}
          {call.data && me && hears(me.role) && <Card title={words.recordings} size="small"><Recordings call={call.data} /></Card>}
          {call.data && me && readsAll(me.role) && <Course id={id} names={onFloor(me.role)} people={readsPeople(me.role)} />}
        </Flex>
      )}
    </>
  );
}

/** Who called, and what came of it: agents write it down here too, as long as they have not. */
function People({ call, writes }: { call: string; writes: boolean }) {
  return <div className="pair"><CustomerCard call={call} />{writes ? <div><SummaryForm call={call} /><div className="foot"><MarkButtons call={call} /></div></div> : <Summaries call={call} />}</div>;
}

function Facts({ call }: { call: Record_ }) {
  const { texts, locale } = useSpeech();
  const words = texts.calls;
  const of = { call: call.id };
  const rows: [string, ReactNode][] = [
    [words.started, instant(call.startedAt, locale)],
    [words.direction, (texts.directions as Record<string, string>)[call.direction] ?? call.direction],
    [words.from, call.direction === "inbound" ? <CustomerNumber number={call.from} of={of} /> : call.from ?? words.withheld],
    [words.to, call.direction === "outbound" ? <CustomerNumber number={call.to} of={of} /> : call.to],
    [words.area, call.homeArea],
    [words.queue, call.queue],
    [words.agents, call.agents.join(", ")],
    [words.ended, call.ended ? (texts.endedBy as Record<string, string>)[call.ended.by] ?? call.ended.by : words.goingOn],
    [words.ivr, clock(call.tIvr)],
    [words.wait, clock(call.tAcd)],
    [words.talk, clock(call.tTalk)],
    [words.held, clock(call.tHeld)],
    [words.acw, clock(call.tAcw)],
  ];
  return <Descriptions size="small" column={{ xs: 1, sm: 2, lg: 3 }} items={rows.filter(([, value]) => value).map(([label, children]) => ({ key: label, label, children }))} />;
}

/** By which page a visitor came, and what it sent along. */
function Visitor({ call }: { call: string }) {
  const words = useSpeech().texts.webCalls;
  const visit = useQuery({ queryKey: ["visit", call], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/visit", { path: { call }, signal }) });
  if (visit.isError) return <Fault fault={visit.error} retry={() => void visit.refetch()} />;
  if (!visit.data) return <Skeleton active />;
  const { origin, consentVersion, data } = visit.data;
  const rows: [string, string][] = [[words.origin, origin], ...(consentVersion ? [[words.agreed, `${words.version} ${consentVersion}`] as [string, string]] : []), ...data.map(({ name, value }) => [name, value] as [string, string])];
  return (
    <>
      <Descriptions size="small" column={{ xs: 1, sm: 2, lg: 3 }} items={rows.map(([label, children], n) => ({ key: n, label, children }))} />
      {data.length === 0 && <Typography.Text type="secondary">{words.nothing}</Typography.Text>}
    </>
  );
}

function Recordings({ call }: { call: Record_ }) {
  const words = useSpeech().texts.calls;
  const [address] = useSearchParams();
  if (call.recordings.length === 0) return <Typography.Text type="secondary">{words.noRecordings}</Typography.Text>;
  const from = (id: string) => (address.get("play") === id ? Number(address.get("at")) || 0 : 0);
  return <Flex vertical gap="middle">{call.recordings.map((id) => <Player key={id} id={id} from={from(id)} link={(at) => `/calls/${call.id}?play=${encodeURIComponent(id)}&at=${at}`} />)}</Flex>;
}

/** What happened, three times: drawn, on the wire, in words. */
function Course({ id, names, people }: { id: string; names: boolean; people: boolean }) {
  const { texts } = useSpeech();
  const facts = useQuery({ queryKey: ["facts", id], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/facts", { path: { call: id }, signal }) });
  const agents = useAgents(names);
  const afterwards = useAfterwards(id, people);
  const name = new Map(agents.data?.map((agent) => [agent.id, agent.name]));
  if (facts.isError) return <Fault fault={facts.error} retry={() => void facts.refetch()} />;
  if (!facts.data) return <Skeleton active />;
  return (
    <>
      <Card title={texts.picture.title} size="small"><Picture facts={facts.data.items} name={(agent) => name.get(agent) ?? agent} now={facts.dataUpdatedAt} /></Card>
      <Card title={texts.ladder.title} size="small"><Ladders call={id} version={facts.data.items.length} /></Card>
      <Card title={texts.calls.timeline} size="small"><Line facts={inOrder(facts.data.items, afterwards)} /></Card>
    </>
  );
}

/** What a fact says besides its kind and its instant, as it was written. */
const restOf = ({ kind: _, at: __, ...rest }: Fact) => Object.entries(rest).filter(([, value]) => value !== null && typeof value !== "object").map(([name, value]) => `${name} ${String(value)}`).join(" · ");

function Line({ facts }: { facts: Fact[] }) {
  const { texts } = useSpeech();
  const kinds = texts.facts as Record<string, string>;
  const begun = facts[0] ? Date.parse(facts[0].at) : 0;
  return (
    <Timeline
      aria-label={texts.calls.timeline}
      items={facts.map((fact, n) => ({
        key: n,
        content: <><Typography.Text className="figures" type="secondary">{`+${((Date.parse(fact.at) - begun) / 1000).toFixed(1)} s`}</Typography.Text> <strong>{kinds[fact.kind] ?? fact.kind}</strong> <Typography.Text type="secondary">{[kinds[fact.kind] && fact.kind, restOf(fact)].filter(Boolean).join(" · ")}</Typography.Text></>,
      }))}
    />
  );
}
