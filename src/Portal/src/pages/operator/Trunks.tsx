import { Button, Flex, Form, Input, InputNumber, Popconfirm, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useParts } from "../../api/lists";
import { Editor, idRule } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { Teach } from "../../parts/Teach";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Trunk = Schema<"TrunkAnswer">;
type Outbound = NonNullable<Trunk["outbound"]>;
interface Entry extends Partial<Outbound> { id: string; target: string; acceptFrom: string[]; takes: boolean; user: string; password: string }

const list = "GET /api/v1/operator/trunks";
const formats = ["national", "e164", "asDialled"] as const;
const ways = ["off", "required", "dtls"] as const;
const fresh: Partial<Entry> = { acceptFrom: [], takes: true, format: "national", srtp: "off" };
const entryOf = ({ outbound, user, ...trunk }: Trunk): Partial<Entry> => ({ ...fresh, ...trunk, ...(outbound ?? {}), takes: outbound !== null, user: user ?? "" });

/** The lines to carriers. */
export default function Trunks() {
  const texts = useTexts();
  const words = texts.trunks;
  const trunks = useParts<Trunk>(list);
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const remove = useWriting<string>(list, (trunk) => ask("DELETE /api/v1/operator/trunks/{trunk}", { path: { trunk } }), { done: texts.agents.removed, tells: true });
  const add = <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {trunks.isError ? <Fault fault={trunks.error} retry={() => void trunks.refetch()} /> : (
        <Grid<Trunk>
          name={words.title} rowKey="id" loading={trunks.isPending}
          dataSource={trunks.data?.pages.flatMap((part) => part.items) ?? []}
          locale={{ emptyText: trunks.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.id, dataIndex: "id", render: (id: string, trunk) => <Button type="link" size="small" onClick={() => edit(entryOf(trunk))}>{id}</Button> },
            { title: words.target, dataIndex: "target" },
            { title: words.accept, dataIndex: "acceptFrom", render: (blocks: string[]) => <Flex gap={4} wrap>{blocks.map((block) => <Tag key={block}>{block}</Tag>)}</Flex> },
            { title: words.outbound, key: "outbound", render: (_, { outbound }) => (outbound ? texts.formats[outbound.format] : texts.queues.no) },
            { title: words.channels, key: "channels", align: "right", render: (_, { outbound }) => outbound && (outbound.channels ?? words.noLimit) },
            { title: words.rate, key: "rate", align: "right", render: (_, { outbound }) => outbound && (outbound.callsPerMinute ?? words.noLimit) },
            { title: words.srtp, key: "srtp", render: (_, { outbound }) => outbound && texts.srtp[outbound.srtp ?? "off"] },
            { title: words.user, dataIndex: "user" },
            { key: "remove", render: (_, { id }) => <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(id)}><Button size="small" danger>{texts.agents.remove}</Button></Popconfirm> },
          ]}
          footer={trunks.hasNextPage ? () => <Button block onClick={() => void trunks.fetchNextPage()} loading={trunks.isFetchingNextPage}>{texts.app.more}</Button> : undefined}
        />
      )}
      {edited && <TrunkEditor entry={edited} close={() => edit(null)} />}
    </>
  );
}

function write({ id, takes, format = "national", channels, callsPerMinute, srtp = "off", user, password, target, acceptFrom }: Entry) {
  const outbound = takes ? { format, channels: channels ?? null, callsPerMinute: callsPerMinute ?? null, srtp } : null;
  return ask("PUT /api/v1/operator/trunks/{trunk}", { path: { trunk: id }, body: { target, acceptFrom, outbound, user: user || null, ...(password ? { password } : {}) } });
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
