import { useQueryClient } from "@tanstack/react-query";
import { Button, Card, Col, Row, Statistic } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import type { Schema } from "../api/client";
import { itemsOf, useParts } from "../api/lists";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { CallBack, CustomerNumber } from "../parts/Reveal";
import { Teach } from "../parts/Teach";
import { clock, instant } from "../parts/times";
import { useSpeech, useTexts } from "../texts/texts";

type Call = Schema<"CallRecord">;

const list = "GET /api/v1/calls" as const;
const written = 1_000; // ms; a record is there within a second of what it tells

/** Has the own calls read anew whenever one is over. */
export function useFreshCalls(inCall: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (inCall) return;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: [list] }), written);
    return () => clearTimeout(timer);
  }, [inCall, client]);
}

const midnight = () => new Date(new Date().setHours(0, 0, 0, 0)).toISOString();

/** What the agent has done today, by its own calls. */
export function Today({ agent }: { agent: string }) {
  const words = useTexts().today;
  const calls = useParts<Call>(list, { from: midnight(), limit: "200" });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = calls;
  useEffect(() => { if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage(); }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const all = itemsOf(calls);
  const stays = all.flatMap((call) => (call.spells ?? []).filter((stay) => stay.agent === agent));
  const sum = (figure: "tTalk" | "tHeld") => stays.reduce((total, stay) => total + (stay[figure] ?? 0), 0);
  const talked = sum("tTalk");
  const figures: [string, string | number][] = [
    [words.taken, all.filter((call) => call.direction === "inbound").length],
    [words.made, all.filter((call) => call.direction === "outbound").length],
    [words.talk, clock(talked)],
    [words.average, clock(stays.length > 0 ? talked / stays.length : 0)],
    [words.held, clock(sum("tHeld"))],
    [words.transfers, all.reduce((total, call) => total + (call.transfers ?? 0), 0)],
  ];
  return (
    <Card size="small" title={words.title} loading={calls.isPending}>
      {calls.isError ? <Fault fault={calls.error} retry={() => void calls.refetch()} /> : <Row gutter={[12, 12]}>{figures.map(([title, value]) => <Col key={title} span={8}><Statistic title={title} value={value} className="figure" /></Col>)}</Row>}
    </Card>
  );
}

export function History() {
  const { texts, locale } = useSpeech();
  const words = texts.calls;
  const calls = useParts<Call>(list);
  if (calls.isLoadingError) return <Fault fault={calls.error} retry={() => void calls.refetch()} />;
  return (
    <Card size="small" title={texts.desk.calls} extra={<Button size="small" onClick={() => void calls.refetch()} loading={calls.isFetching}>{texts.app.refresh}</Button>}>
      <Grid<Call>
        name={texts.desk.calls} rowKey="id" parts={calls}
        locale={{ emptyText: calls.isPending ? <span /> : <Teach title={texts.desk.none} help={texts.desk.noneHelp} /> }}
        columns={[
          { title: words.started, dataIndex: "startedAt", render: (at: string, call) => <Link to={`/calls/${call.id}`}>{instant(at, locale)}</Link> },
          { title: words.direction, dataIndex: "direction", render: (direction: string) => (texts.directions as Record<string, string>)[direction] ?? direction },
          { title: texts.desk.customer, key: "customer", render: (_, call) => <CustomerNumber number={call.direction === "outbound" ? call.to : call.from} of={{ call: call.id }} /> },
          { title: words.talk, dataIndex: "tTalk", align: "right", render: clock },
          { key: "back", render: (_, call) => call.direction !== "internal" && <CallBack of={{ call: call.id }} /> },
        ]}
      />
    </Card>
  );
}
