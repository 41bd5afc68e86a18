import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Form, Input, InputNumber, Popconfirm, Select, Switch, Tag, Typography } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useParts } from "../../api/lists";
import { Editor, idRule } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { State } from "../../parts/State";
import { Teach } from "../../parts/Teach";
import { useWriting } from "../../parts/useWriting";
import { instant } from "../../parts/times";
import { useSpeech, useTexts } from "../../texts/texts";

type Trunk = Schema<"TrunkAnswer">;
type Health = Schema<"TrunkHealthAnswer">;
type Outbound = NonNullable<Trunk["outbound"]>;
interface Entry extends Partial<Outbound> { id: string; target: string; acceptFrom: string[]; takes: boolean; user: string; password: string; probe: boolean }

const list = "GET /api/v1/operator/trunks";
const health = "GET /api/v1/operator/trunk-health";
const again = 5_000;
const formats = ["national", "e164", "asDialled"] as const;
const ways = ["off", "required", "dtls"] as const;
const fresh: Partial<Entry> = { acceptFrom: [], takes: true, format: "national", srtp: "off", probe: true };
const entryOf = ({ outbound, user, ...trunk }: Trunk): Partial<Entry> => ({ ...fresh, ...trunk, ...(outbound ?? {}), takes: outbound !== null, user: user ?? "" });

/** The lines to carriers. */
export default function Trunks() {
  const texts = useTexts();
  const words = texts.trunks;
  const trunks = useParts<Trunk>(list);
  const seen = useQuery({ queryKey: [health], queryFn: ({ signal }) => ask(health, { signal }), refetchInterval: again });
  const of = (trunk: string) => seen.data?.items.filter((one) => one.trunk === trunk) ?? [];
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const remove = useWriting<string>(list, (trunk) => ask("DELETE /api/v1/operator/trunks/{trunk}", { path: { trunk } }), { done: texts.agents.removed, tells: true });
  const add = <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {trunks.isError ? <Fault fault={trunks.error} retry={() => void trunks.refetch()} /> : (
        <Grid<Trunk>
          name={words.title} rowKey="id" parts={trunks}
          locale={{ emptyText: trunks.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.id, dataIndex: "id", render: (id: string, trunk) => <Button type="link" size="small" onClick={() => edit(entryOf(trunk))}>{id}</Button> },
            { title: words.health, key: "health", render: (_, { id, probe }) => <Healths all={of(id)} probe={probe} /> },
            { title: words.now, key: "now", align: "right", render: (_, { id }) => of(id).reduce((sum, one) => sum + one.calls, 0) },
            { title: words.failed, key: "failed", render: (_, { id }) => <Failures all={of(id)} /> },
            { title: words.target, dataIndex: "target" },
            { title: words.accept, dataIndex: "acceptFrom", render: (blocks: string[]) => <Flex gap={4} wrap>{blocks.map((block) => <Tag key={block}>{block}</Tag>)}</Flex> },
            { title: words.outbound, key: "outbound", render: (_, { outbound }) => (outbound ? texts.formats[outbound.format] : texts.queues.no) },
            { title: words.channels, key: "channels", align: "right", render: (_, { outbound }) => outbound && (outbound.channels ?? words.noLimit) },
            { title: words.rate, key: "rate", align: "right", render: (_, { outbound }) => outbound && (outbound.callsPerMinute ?? words.noLimit) },
            { title: words.srtp, key: "srtp", render: (_, { outbound }) => outbound && texts.srtp[outbound.srtp ?? "off"] },
            { title: words.user, dataIndex: "user" },
            { key: "remove", render: (_, { id }) => <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(id)}><Button size="small" danger>{texts.agents.remove}</Button></Popconfirm> },
          ]}
        />
      )}
      {edited && <TrunkEditor entry={edited} close={() => edit(null)} />}
    </>
  );
}

/** Whether a trunk answers, edge by edge. */
function Healths({ all, probe }: { all: Health[]; probe: boolean }) {
  const { texts: { trunks: words }, locale } = useSpeech();
  if (!probe) return <>{words.notAsked}</>;
  if (all.every(({ state }) => state === "unasked")) return <State is="doubtful">{words.unasked}</State>;
  return (
    <Flex vertical gap={4}>
      {all.filter(({ state }) => state !== "unasked").map(({ edge, state, status, answeredAt, roundTripMs }) => (
        <Flex key={edge} gap="small" align="center" wrap>
          <State is={state === "up" ? "good" : "bad"}>{state === "up" ? `${words.up} · ${roundTripMs ?? 0} ms` : `${words.down} (${status ?? 408})`}</State>
          <Typography.Text type="secondary">{edge}{answeredAt && <> · {words.answered} <time dateTime={answeredAt}>{instant(answeredAt, locale)}</time></>}</Typography.Text>
        </Flex>
      ))}
    </Flex>
  );
}

function Failures({ all }: { all: Health[] }) {
  const { trunks: words } = useTexts();
  const counts = new Map<string, number>();
  for (const { failures } of all) for (const { why, status, count } of failures) counts.set(`${words.causes[why]} (${status})`, (counts.get(`${words.causes[why]} (${status})`) ?? 0) + count);
  return <Flex gap={4} wrap>{[...counts].map(([cause, count]) => <Tag key={cause}>{cause}: {count}</Tag>)}</Flex>;
}

function write({ id, takes, format = "national", channels, callsPerMinute, srtp = "off", user, password, target, acceptFrom, probe }: Entry) {
  const outbound = takes ? { format, channels: channels ?? null, callsPerMinute: callsPerMinute ?? null, srtp } : null;
  return ask("PUT /api/v1/operator/trunks/{trunk}", { path: { trunk: id }, body: { target, acceptFrom, outbound, probe, user: user || null, ...(password ? { password } : {}) } });
}

function TrunkEditor({ entry, close }: { entry: Partial<Entry>; close: () => void }) {
  const { trunks: words, agents, formats: formatWords, srtp: srtpWords } = useTexts();
  const [form] = Form.useForm<Entry>();
  const takes = Form.useWatch("takes", form) ?? entry.takes;
  const save = useWriting<Entry>(list, (wanted) => write({ ...wanted, id: entry.id ?? wanted.id }), { done: agents.saved, after: close });
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!entry.id && <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="target" label={words.target} extra={words.targetHelp} rules={[{ required: true, message: agents.required }]}><Input maxLength={260} /></Form.Item>
      <Form.Item name="acceptFrom" label={words.accept} extra={words.acceptHelp}><Select mode="tags" open={false} tokenSeparators={[",", " "]} /></Form.Item>
      <Form.Item name="probe" label={words.probe} extra={words.probeHelp} valuePropName="checked"><Switch /></Form.Item>
      <Form.Item name="takes" label={words.outbound} valuePropName="checked"><Switch /></Form.Item>
      {takes && (
        <Flex gap="middle" wrap>
          <Form.Item name="format" label={words.format}><Select style={{ width: 170 }} options={formats.map((value) => ({ value, label: formatWords[value] }))} /></Form.Item>
          <Form.Item name="srtp" label={words.srtp}><Select style={{ width: 150 }} options={ways.map((value) => ({ value, label: srtpWords[value] }))} /></Form.Item>
          <Form.Item name="channels" label={words.channels}><InputNumber min={1} max={1_000_000} placeholder={words.noLimit} /></Form.Item>
          <Form.Item name="callsPerMinute" label={words.rate}><InputNumber min={1} placeholder={words.noLimit} /></Form.Item>
        </Flex>
      )}
      <Flex gap="middle" wrap>
        <Form.Item name="user" label={words.user}><Input maxLength={100} autoComplete="off" /></Form.Item>
        <Form.Item name="password" label={words.password} extra={words.passwordHelp}><Input.Password autoComplete="new-password" /></Form.Item>
      </Flex>
    </Editor>
  );
}
