import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions, Flex, Skeleton, Typography } from "antd";
import { ask } from "../api/client";
import { Fault } from "../parts/faults";
import { instant } from "../parts/times";
import { useSpeech } from "../texts/texts";
import { between, type Summary } from "./model";

/** What the agents of a call have written, for who reads it. */
export function Summaries({ call }: { call: string }) {
  const { texts } = useSpeech();
  const words = texts.summary;
  const all = useQuery({ queryKey: ["summaries", call], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/summaries", { path: { call }, signal }) });
  return (
    <Card size="small" title={words.title}>
      {all.isError ? <Fault fault={all.error} retry={() => void all.refetch()} /> : !all.data ? <Skeleton active /> : all.data.items.length === 0
        ? <Typography.Text>{words.none}</Typography.Text>
        : <Flex vertical gap="middle">{all.data.items.map((summary) => <One key={summary.agent} summary={summary} />)}</Flex>}
    </Card>
  );
}

function One({ summary }: { summary: Summary }) {
  const { texts, locale } = useSpeech();
  const words = texts.summary;
  const types = useQuery({ queryKey: ["GET /api/v1/call-types", summary.typesVersion], enabled: summary.typesVersion > 0, staleTime: Infinity, queryFn: ({ signal }) => ask("GET /api/v1/call-types", { query: { version: String(summary.typesVersion) }, signal }) });
  const name = (list: readonly { id: string; name: string }[] | undefined, id: string) => list?.find((one) => one.id === id)?.name ?? id;
  const rows: [string, string][] = [
    [words.agent, summary.agent ?? ""],
    [words.state, summary.final ? words.final : words.draft],
    [words.callType, summary.path.join(between)],
    [words.result, summary.result ? name(types.data?.results, summary.result) : ""],
    ...summary.fields.map(({ field, value }): [string, string] => [name(types.data?.fields, field ?? ""), value ?? ""]),
    [words.note, summary.note],
    [words.at, summary.at ? instant(summary.at, locale) : ""],
  ];
  return <Descriptions size="small" column={{ xs: 1, md: 2 }} items={rows.filter(([, value]) => value).map(([label, children]) => ({ key: label, label, children }))} />;
}
