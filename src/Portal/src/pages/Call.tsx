import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions, Flex, Skeleton, Timeline, Typography } from "antd";
import { Link, useParams } from "react-router";
import { ask, type Schema } from "../api/client";
import { Fault } from "../parts/faults";
import { Head } from "../parts/Head";
import { clock, instant } from "../parts/times";
import { useSpeech } from "../texts/texts";

type Record_ = Schema<"CallRecord">;
type Fact = Schema<"ItemsOfFact">[number];

/** One call: its record, its recordings, and what happened, in order. */
export default function Call() {
  const { texts } = useSpeech();
  const words = texts.calls;
  const { id = "" } = useParams();
  const path = { call: id };
  const call = useQuery({ queryKey: ["call", id], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}", { path, signal }) });
  const facts = useQuery({ queryKey: ["facts", id], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/facts", { path, signal }) });
  return (
    <>
      <Head title={words.detail}><Link to="/calls">{words.back}</Link></Head>
      {call.isError ? <Fault fault={call.error} retry={() => void call.refetch()} /> : (
        <Flex vertical gap="middle">
          <Card>{call.data ? <Facts call={call.data} /> : <Skeleton active />}</Card>
          {call.data && <Card title={words.recordings} size="small"><Recordings ids={call.data.recordings} /></Card>}
          <Card title={words.timeline} size="small">
            {facts.isError ? <Fault fault={facts.error} /> : facts.data ? <Line facts={facts.data.items} /> : <Skeleton active />}
          </Card>
        </Flex>
      )}
    </>
  );
}

function Facts({ call }: { call: Record_ }) {
  const { texts, locale } = useSpeech();
  const words = texts.calls;
  const rows: [string, string | null | undefined][] = [
    [words.started, instant(call.startedAt, locale)],
    [words.direction, (texts.directions as Record<string, string>)[call.direction] ?? call.direction],
    [words.from, call.from ?? words.withheld],
    [words.to, call.to],
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

function Recordings({ ids }: { ids: string[] }) {
  const words = useSpeech().texts.calls;
  if (ids.length === 0) return <Typography.Text type="secondary">{words.noRecordings}</Typography.Text>;
  return <Flex vertical gap="small">{ids.map((id) => <audio key={id} controls preload="none" aria-label={`${words.recordings} ${id}`} src={`/api/v1/recordings/${encodeURIComponent(id)}`} />)}</Flex>;
}

/** What a fact says besides its kind and its instant, as it was written. */
const restOf = ({ kind: _, at: __, ...rest }: Fact) => Object.entries(rest).filter(([, value]) => value !== null && typeof value !== "object").map(([name, value]) => `${name} ${String(value)}`).join(" · ");

function Line({ facts }: { facts: Fact[] }) {
  const { texts } = useSpeech();
  const begun = facts[0] ? Date.parse(facts[0].at) : 0;
  return (
    <Timeline
      aria-label={texts.calls.timeline}
      items={facts.map((fact, n) => ({
        key: n,
        content: <><Typography.Text className="figures" type="secondary">{`+${((Date.parse(fact.at) - begun) / 1000).toFixed(1)} s`}</Typography.Text> <strong>{fact.kind}</strong> <Typography.Text type="secondary">{restOf(fact)}</Typography.Text></>,
      }))}
    />
  );
}
