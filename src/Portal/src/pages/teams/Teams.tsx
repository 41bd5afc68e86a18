import { Button, Flex, Form, Input, InputNumber, Popconfirm, Select, Tag } from "antd";
import { useState } from "react";
import { mayChange } from "../../app/pages";
import { ask, type Schema } from "../../api/client";
import { itemsOf, useAgents, useAll, useParts } from "../../api/lists";
import { useSession } from "../../api/session";
import { Editor, idRule } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { Teach } from "../../parts/Teach";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Team = Schema<"TeamAnswer">;
type Entry = Pick<Team, "id" | "name" | "leaders" | "agents" | "breakQuota">;

const list = "GET /api/v1/teams";
const fresh: Partial<Entry> = { leaders: [], agents: [], breakQuota: null };

/** Who leads whom. */
export default function Teams() {
  const texts = useTexts();
  const words = texts.teams;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const teams = useParts<Team>(list);
  const agents = useAgents();
  const name = new Map(agents.data?.map((agent) => [agent.id, agent.name]));
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const remove = useWriting<string>(list, (team) => ask("DELETE /api/v1/teams/{team}", { path: { team } }), { done: texts.agents.removed, tells: true });
  const add = changes && <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  const tags = (ids: string[]) => <Flex gap={4} wrap>{ids.map((id) => <Tag key={id}>{name.get(id) ?? id}</Tag>)}</Flex>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {teams.isError ? <Fault fault={teams.error} retry={() => void teams.refetch()} /> : (
        <Grid<Team>
          name={words.title} rowKey="id" parts={teams}
          locale={{ emptyText: teams.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, team) => (changes ? <Button type="link" size="small" onClick={() => edit(team)}>{text}</Button> : text) },
            { title: words.leaders, dataIndex: "leaders", render: (users: string[]) => <Flex gap={4} wrap>{users.map((user) => <Tag key={user}>{user}</Tag>)}</Flex> },
            { title: words.agents, dataIndex: "agents", render: tags },
            { title: words.quota, dataIndex: "breakQuota", align: "right", render: (quota: number | null) => quota ?? words.noQuota },
            ...(changes ? [{ key: "remove", render: (_: unknown, team: Team) => <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(team.id)}><Button size="small" danger aria-label={`${texts.agents.remove} ${team.name}`}>{texts.agents.remove}</Button></Popconfirm> }] : []),
          ]}
        />
      )}
      {edited && <TeamEditor entry={edited} others={itemsOf(teams).filter((team) => team.id !== edited.id)} close={() => edit(null)} />}
    </>
  );
}

function TeamEditor({ entry, others, close }: { entry: Partial<Entry>; others: Team[]; close: () => void }) {
  const { teams: words, agents: common } = useTexts();
  const [form] = Form.useForm<Entry>();
  const agents = useAgents();
  const users = useAll<Schema<"UserAnswer">>("GET /api/v1/users");
  const taken = new Map(others.flatMap((team) => team.agents.map((agent) => [agent, team.name] as const)));
  const save = useWriting<Entry>(list, ({ id, ...body }) => ask("PUT /api/v1/teams/{team}", { path: { team: entry.id ?? id }, body: { ...body, breakQuota: body.breakQuota ?? null } }), { done: common.saved, after: close });
  const leads = (role: string) => role === "teamLeader" || role === "dutyManager";
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!entry.id && <Form.Item name="id" label={words.id} extra={common.idHelp} rules={[{ required: true, ...idRule, message: common.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={[{ required: true, message: common.required }]}><Input maxLength={100} /></Form.Item>
      <Form.Item name="leaders" label={words.leaders} extra={words.leadersHelp}><Select mode="multiple" optionFilterProp="label" options={users.data?.filter((user) => leads(user.role) || entry.leaders?.includes(user.id)).map((user) => ({ value: user.id, label: user.name === user.id ? user.id : `${user.id} · ${user.name}` }))} /></Form.Item>
      <Form.Item name="agents" label={words.agents} extra={words.agentsHelp}><Select mode="multiple" optionFilterProp="label" options={agents.data?.map((agent) => ({ value: agent.id, label: taken.has(agent.id) ? `${agent.name} (${taken.get(agent.id)})` : agent.name, disabled: taken.has(agent.id) }))} /></Form.Item>
      <Form.Item name="breakQuota" label={words.quota} extra={words.quotaHelp}><InputNumber min={0} max={1000} /></Form.Item>
    </Editor>
  );
}
