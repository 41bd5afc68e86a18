import { Button, Flex, Form, Input, InputNumber, Popconfirm, Radio, Select, Switch, Tag } from "antd";
import { useRef, useState } from "react";
import { mayChange } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useParts, useQueues, useServing } from "../api/lists";
import { useSession } from "../api/session";
import { ProfileRows, SkillRows } from "../floor/SkillRows";
import { Editor, idRule } from "../parts/Editor";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { TableButtons } from "../parts/Import";
import { Picker, SearchBox, useSought } from "../parts/search";
import { Teach } from "../parts/Teach";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { PhoneAccount } from "./agents/PhoneAccount";
import { makeExtension, makePassword, type Account } from "./agents/phones";

type Agent = Schema<"AgentAnswer">;
type Entry = Pick<Agent, "id" | "name" | "user" | "extension" | "queues" | "afterCallSeconds" | "autoSignIn" | "skills" | "staffNumber"> & { phone?: "new" | "known"; profiled?: Record<string, { priority: number; delaySeconds: number }> };
interface Shown { name: string; extension: string; password?: string }

const list = "GET /api/v1/agents";
const fresh: Partial<Entry> = { queues: [], afterCallSeconds: 0, autoSignIn: true, phone: "new", skills: [] };

const entryOf = (agent: Agent): Entry => ({ ...agent, profiled: Object.fromEntries(agent.profiles.map(({ queue, priority, delaySeconds }) => [queue, { priority, delaySeconds }])) });

export default function Agents() {
  const texts = useTexts();
  const words = texts.agents;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const sought = useSought();
  const agents = useParts<Agent>(list, { search: sought });
  const queues = useQueues();
  const name = new Map(queues.data?.map((queue) => [queue.id, queue.name]));
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const [phone, showPhone] = useState<Shown | null>(null);
  const remove = useWriting<string>(list, (agent) => ask("DELETE /api/v1/agents/{agent}", { path: { agent } }), { done: words.removed, tells: true });
  const add = changes && <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}><SearchBox label={words.search} /><TableButtons table="agents" list={list} imports={changes} />{add}</Head>
      {agents.isError ? <Fault fault={agents.error} retry={() => void agents.refetch()} /> : (
        <Grid<Agent>
          name={words.title} rowKey="id" parts={agents}
          locale={{ emptyText: agents.isPending ? <span /> : sought ? <Teach title={words.noneFound} help={texts.users.noneFoundHelp} /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, agent) => (changes ? <Button type="link" size="small" onClick={() => edit(entryOf(agent))}>{text}</Button> : text) },
            { title: words.staffNumber, dataIndex: "staffNumber" },
            { title: words.user, dataIndex: "user" },
            { title: words.extension, dataIndex: "extension" },
            { title: words.queues, dataIndex: "queues", render: (ids: string[]) => <Flex gap={4} wrap>{ids.map((id) => <Tag key={id}>{name.get(id) ?? id}</Tag>)}</Flex> },
            { title: words.afterCall, dataIndex: "afterCallSeconds", align: "right" },
            ...(changes ? [{
              key: "acts", align: "right" as const, render: (_: unknown, agent: Agent) => (
                <Flex gap="small" justify="end">
                  <Button size="small" aria-label={`${texts.phones.title} ${agent.name}`} onClick={() => showPhone(agent)}>{texts.phones.title}</Button>
                  <Popconfirm title={words.removeSure} okText={words.remove} onConfirm={() => remove.mutate(agent.id)}><Button size="small" danger aria-label={`${words.remove} ${agent.name}`}>{words.remove}</Button></Popconfirm>
                </Flex>
              ),
            }] : []),
          ]}
        />
      )}
      <Operators queue={(id) => name.get(id) ?? id} />
      {edited && <AgentEditor entry={edited} close={() => edit(null)} made={showPhone} />}
      {phone && <PhoneAccount {...phone} close={() => showPhone(null)} />}
    </>
  );
}

/** Agents of the operator who serve the firm; whom, and what, the operator says. Says nothing where there are none. */
function Operators({ queue }: { queue: (id: string) => string }) {
  const { agents: words, operatorAgents } = useTexts();
  const serving = useServing();
  if (!serving.data?.length) return null;
  return (
    <>
      <h2 className="part">{operatorAgents.ofOperator}</h2>
      <Grid<Schema<"ServingAgent">>
        name={operatorAgents.ofOperator} rowKey="id" dataSource={serving.data}
        columns={[
          { title: words.name, dataIndex: "name" },
          { title: words.staffNumber, dataIndex: "staffNumber" },
          { title: words.id, dataIndex: "id" },
          { title: words.queues, dataIndex: "queues", render: (ids: string[]) => <Flex gap={4} wrap>{ids.map((id) => <Tag key={id}>{queue(id)}</Tag>)}</Flex> },
        ]}
      />
    </>
  );
}

function AgentEditor({ entry, close, made }: { entry: Partial<Entry>; close: () => void; made: (phone: Shown) => void }) {
  const { agents: words, phones, skills } = useTexts();
  const [form] = Form.useForm<Entry>();
  const chosen = Form.useWatch("queues", form) ?? entry.queues ?? [];
  const queues = useQueues();
  const account = useRef<Account | null>(null); // what was made already, should the agent be refused
  const isNew = (Form.useWatch("phone", form) ?? entry.phone ?? "known") === "new";
  const save = useWriting<Entry>(list, async ({ id, phone, profiled = {}, ...body }) => {
    const { extension } = body;
    if (phone === "new" && account.current?.extension !== extension) {
      const wanted = { extension, password: makePassword() };
      await makeExtension(wanted, phones.taken);
      account.current = wanted;
    }
    await ask("PUT /api/v1/agents/{agent}", { path: { agent: entry.id ?? id }, body: { ...body, staffNumber: body.staffNumber ?? "", skills: body.skills ?? [], profiles: (body.queues ?? []).flatMap((queue) => (profiled[queue] ? [{ queue, priority: profiled[queue].priority ?? 1, delaySeconds: profiled[queue].delaySeconds ?? 0 }] : [])) } });
    if (phone === "new" && account.current) made({ name: body.name, ...account.current });
  }, { done: words.saved, after: close });
  const needed = [{ required: true, message: words.required }];
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={{ phone: "known", ...entry }} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!entry.id && <Form.Item name="id" label={words.id} extra={words.idHelp} rules={[{ required: true, ...idRule, message: words.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="staffNumber" label={words.staffNumber} extra={words.staffNumberHelp} rules={[{ pattern: /^[0-9A-Za-z]{1,16}$/, message: words.staffNumberHelp }]}><Input maxLength={16} autoComplete="off" /></Form.Item>
      <Form.Item name="user" label={words.user} rules={needed}><Picker list="GET /api/v1/users" /></Form.Item>
      <Form.Item name="phone" label={phones.title}><Radio.Group options={[{ value: "new", label: phones.fresh }, { value: "known", label: phones.known }]} onChange={() => form.resetFields(["extension"])} /></Form.Item>
      <Form.Item name="extension" label={words.extension} extra={isNew ? phones.freshHelp : undefined} rules={isNew ? [{ required: true, pattern: /^[0-9]{1,16}$/, message: phones.digits }] : needed}>{isNew ? <Input inputMode="numeric" maxLength={16} autoComplete="off" /> : <Picker list="GET /api/v1/extensions" />}</Form.Item>
      <Form.Item name="queues" label={words.queues}><Select mode="multiple" optionFilterProp="label" options={queues.data?.map((queue) => ({ value: queue.id, label: queue.name }))} /></Form.Item>
      <ProfileRows queues={chosen} name={(id) => queues.data?.find((queue) => queue.id === id)?.name ?? id} />
      <SkillRows title={skills.title} />
      <Form.Item name="afterCallSeconds" label={words.afterCall} rules={needed}><InputNumber min={0} max={3600} /></Form.Item>
      <Form.Item name="autoSignIn" label={words.autoSignIn} valuePropName="checked"><Switch /></Form.Item>
    </Editor>
  );
}
