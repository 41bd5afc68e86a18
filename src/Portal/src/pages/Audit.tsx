import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Select, Skeleton, Table, Typography } from "antd";
import { useSearchParams } from "react-router";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { instant } from "../parts/times";
import { useSpeech, useTexts } from "../texts/texts";

type Entry = Schema<"AuditAnswer">;
interface Search { user?: string; action?: string; kind?: string; subject?: string; from?: string; to?: string }

const fields = ["user", "action", "kind", "subject", "from", "to"] as const;
const day = 86_400_000;

/** Midnight of a day in the reader's time zone, and that of the day after. */
const start = (date?: string) => (date ? new Date(`${date}T00:00:00`).toISOString() : undefined);
const end = (date?: string) => (date ? new Date(Date.parse(`${date}T00:00:00`) + day).toISOString() : undefined);

/** Who did what, when and whence; what stood there before and after. */
export default function Audit() {
  const { texts, locale } = useSpeech();
  const words = texts.audit;
  const [address, setAddress] = useSearchParams();
  const search = Object.fromEntries(fields.flatMap((name) => (address.get(name) ? [[name, address.get(name)]] : []))) as Search;
  const entries = useParts<Entry>("GET /api/v1/audit", { ...search, from: start(search.from), to: end(search.to) });
  const verify = useMutation({ mutationFn: () => ask("GET /api/v1/audit/verification") });
  const look = (wanted: Search) => setAddress(Object.fromEntries(Object.entries(wanted).filter((one): one is [string, string] => !!one[1])));
  const action = (name: string) => (texts.auditActions as Record<string, string>)[name] ?? name;
  const kind = (name: string | null) => (name ? (texts.settingKinds as Record<string, string>)[name] ?? name : "");
  return (
    <>
      <Head title={words.title}><Button onClick={() => verify.mutate()} loading={verify.isPending}>{words.verify}</Button><Button onClick={() => void entries.refetch()} loading={entries.isFetching}>{texts.app.refresh}</Button></Head>
      {verify.isError && <Fault fault={verify.error} retry={() => verify.mutate()} />}
      {verify.data && <Verified found={verify.data} close={() => verify.reset()} />}
      <Form<Search> layout="inline" className="search" key={address.toString()} initialValues={search} onFinish={look}>
        <Form.Item name="user" label={words.who}><Input allowClear maxLength={128} /></Form.Item>
        <Form.Item name="action" label={words.what}><Select allowClear className="choice" options={Object.entries(texts.auditActions).map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="kind" label={words.kind}><Select allowClear className="choice" options={Object.entries(texts.settingKinds).map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="subject" label={words.subject}><Input allowClear maxLength={128} /></Form.Item>
        <Form.Item name="from" label={words.from}><Input type="date" /></Form.Item>
        <Form.Item name="to" label={words.to}><Input type="date" /></Form.Item>
        <Button type="primary" htmlType="submit">{texts.calls.search}</Button>
      </Form>
      {entries.isError ? <Fault fault={entries.error} retry={() => void entries.refetch()} /> : (
        <Grid<Entry>
          name={words.title} rowKey="id" parts={entries}
          locale={{ emptyText: entries.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}><Button onClick={() => look({})}>{texts.calls.clear}</Button></Teach> }}
          columns={[
            { title: words.when, dataIndex: "at", render: (at: string) => instant(at, locale) },
            { title: words.who, dataIndex: "user", render: (user: string, entry) => (entry.tenant ? user : `${user} (${texts.roles.operator})`) },
            { title: words.address, dataIndex: "address" },
            { title: words.what, dataIndex: "action", render: action },
            { title: words.kind, dataIndex: "kind", render: kind },
            { title: words.subject, dataIndex: "subject" },
            { title: words.detail, dataIndex: "detail" },
          ]}
          expandable={{ rowExpandable: (entry) => entry.kind !== null, expandedRowRender: (entry) => <Change id={entry.id} /> }}
        />
      )}
    </>
  );
}

/** Whether the chain of entries holds, and what to note of it. */
function Verified({ found, close }: { found: Schema<"AuditVerificationAnswer">; close: () => void }) {
  const { audit: words } = useTexts();
  const filled = (text: string, entry = 0) => text.replace("{entries}", String(found.entries)).replace("{entry}", String(entry));
  const closable = { onClose: close };
  if (found.broken) return <Alert type="error" showIcon className="search" closable={closable} title={filled(words.broken[found.broken.kind], found.broken.entry)} description={filled(words.brokenHelp)} />;
  if (!found.head) return <Alert type="info" showIcon className="search" closable={closable} title={words.nothing} />;
  return <Alert type="success" showIcon className="search" closable={closable} title={words.holds} description={<>{filled(words.holdsHelp)} <Typography.Text code copyable>{`${found.head.entry} ${found.head.hash}`}</Typography.Text></>} />;
}

interface Line { field: string; before: string; after: string }

const shown = (value: unknown) => (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));

/** Member by member; those that changed are marked, and stand first. */
function linesOf(before: unknown, after: unknown): Line[] {
  const [was, is] = [before, after].map((side) => (side ?? {}) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>];
  const lines = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((field) => field !== "version" && field !== "owner").map((field) => ({ field, before: shown(was[field]), after: shown(is[field]) }));
  return lines.sort((one, other) => Number(one.before === one.after) - Number(other.before === other.after));
}

function Change({ id }: { id: number }) {
  const { audit: words } = useTexts();
  const entry = useQuery({ queryKey: ["audit", id], staleTime: Infinity, queryFn: ({ signal }) => ask("GET /api/v1/audit/{entry}", { path: { entry: String(id) }, signal }) });
  if (entry.isError) return <Fault fault={entry.error} retry={() => void entry.refetch()} />;
  if (!entry.data) return <Skeleton active />;
  return (
    <Table<Line>
      size="small" pagination={false} rowKey="field" dataSource={linesOf(entry.data.before, entry.data.after)} className="compared"
      columns={[
        { title: words.field, dataIndex: "field", render: (field: string, line) => (line.before === line.after ? field : <Typography.Text strong>{field}</Typography.Text>) },
        { title: words.before, dataIndex: "before", render: (text: string, line) => (line.before === line.after || !text ? text : <del>{text}</del>) },
        { title: words.after, dataIndex: "after", render: (text: string, line) => (line.before === line.after || !text ? text : <ins>{text}</ins>) },
      ]}
    />
  );
}
