import { Button, Form, Input, Select } from "antd";
import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import type { Schema } from "../api/client";
import { onFloor } from "../app/pages";
import { useParts, useQueues } from "../api/lists";
import { exportOf } from "../api/tables";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { clock, instant } from "../parts/times";
import { useSpeech } from "../texts/texts";

type Call = Schema<"CallRecord">;
interface Search { number?: string; queue?: string; period: string }

const day = 86_400_000;
const periods = { today: day, week: 7 * day, month: 31 * day, ever: 0 } as const;
type Period = keyof typeof periods;

/** The start of a period, to the minute: a search that is looked at again asks the same. */
function startOf(period: string): string | undefined {
  const length = periods[period as Period] ?? periods.week;
  return length === 0 ? undefined : new Date(Math.floor((Date.now() - length) / 60_000) * 60_000).toISOString();
}

/** Call records with search; the search stands in the address, so that it can be handed on. */
export default function Calls() {
  const { texts, locale } = useSpeech();
  const words = texts.calls;
  const [address, setAddress] = useSearchParams();
  const search: Search = { period: address.get("period") ?? "week", ...Object.fromEntries(["number", "queue"].flatMap((name) => address.get(name) ? [[name, address.get(name)]] : [])) };
  const { data: me } = useSession();
  const queues = useQueues(!!me && onFloor(me.role));
  const name = new Map(queues.data?.map((queue) => [queue.id, queue.name]));
  const from = useMemo(() => startOf(search.period), [search.period]); // the same for all parts of a list
  const wanted = { from, number: search.number, queue: search.queue };
  const calls = useParts<Call>("GET /api/v1/calls", wanted);
  const look = (entry: Partial<Search>) => setAddress(Object.fromEntries(Object.entries(entry).flatMap(([key, value]) => (value ? [[key, value.trim()]] : []))));
  return (
    <>
      <Head title={words.title}><Button onClick={() => void calls.refetch()} loading={calls.isFetching}>{texts.app.refresh}</Button><Button href={exportOf("calls", wanted)} download>{texts.tables.export}</Button></Head>
      <Form<Search> layout="inline" className="search" key={address.toString()} initialValues={search} onFinish={look}>
        <Form.Item name="number" label={words.number}><Input allowClear maxLength={64} inputMode="tel" /></Form.Item>
        {queues.data && <Form.Item name="queue" label={words.queue}><Select allowClear placeholder={words.anyQueue} style={{ minWidth: 160 }} options={queues.data.map((queue) => ({ value: queue.id, label: queue.name }))} /></Form.Item>}
        <Form.Item name="period" label={words.period}><Select style={{ minWidth: 140 }} options={(Object.keys(periods) as Period[]).map((period) => ({ value: period, label: words[period] }))} /></Form.Item>
        <Button type="primary" htmlType="submit">{words.search}</Button>
      </Form>
      {calls.isError ? <Fault fault={calls.error} retry={() => void calls.refetch()} /> : (
        <Grid<Call>
          name={words.title} rowKey="id" parts={calls}
          locale={{ emptyText: calls.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}><Button onClick={() => look({ period: "ever" })}>{words.clear}</Button></Teach> }}
          columns={[
            { title: words.started, dataIndex: "startedAt", render: (at: string, call) => <Link to={`/calls/${call.id}`}>{instant(at, locale)}</Link> },
            { title: words.direction, dataIndex: "direction", render: (direction: string) => (texts.directions as Record<string, string>)[direction] ?? direction },
            { title: words.from, dataIndex: "from", render: (from: string | null) => from ?? words.withheld },
            { title: words.to, dataIndex: "to" },
            { title: words.queue, dataIndex: "queue", render: (queue: string | null) => (queue ? name.get(queue) ?? queue : "") },
            { title: words.agents, dataIndex: "agents", render: (agents: string[]) => agents.join(", ") },
            { title: words.wait, dataIndex: "tAcd", align: "right", render: clock },
            { title: words.talk, dataIndex: "tTalk", align: "right", render: clock },
            { title: words.ended, dataIndex: "ended", render: (ended: Call["ended"]) => (ended ? (texts.endedBy as Record<string, string>)[ended.by] ?? ended.by : words.goingOn) },
          ]}
        />
      )}
    </>
  );
}
