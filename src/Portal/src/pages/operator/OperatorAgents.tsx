import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Form, Input, InputNumber, Popconfirm, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useAll, useParts } from "../../api/lists";
import { Editor, idRule } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { SearchBox, useSought } from "../../parts/search";
import { Teach } from "../../parts/Teach";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Agent = Schema<"OperatorAgentAnswer">;
type Tenant = Schema<"TenantAnswer">;
interface Firm { tenant: string | null; queues: string[]; staffNumber: string }
interface Entry { id: string; name: string; user: string; password: string; autoSignIn: boolean; afterCallSeconds: number; firms: Firm[] }

const list = "GET /api/v1/operator/agents";
const fresh: Partial<Entry> = { autoSignIn: true, afterCallSeconds: 0, firms: [{ tenant: null, queues: [], staffNumber: "" }] };

/** By firm, as the form has it. */
function firmsOf({ queues, staffNumbers }: Agent): Firm[] {
  const tenants = [...new Set([...queues, ...staffNumbers].map((one) => one.tenant ?? ""))];
  return tenants.map((tenant) => ({
    tenant,
    queues: queues.filter((one) => one.tenant === tenant).map((one) => one.queue ?? ""),
    staffNumber: staffNumbers.find((one) => one.tenant === tenant)?.number ?? "",
  }));
}

/** The operator's own agents, who take calls of several firms. */
export default function OperatorAgents() {
  const texts = useTexts();
  const words = texts.operatorAgents;
  const sought = useSought();
  const agents = useParts<Agent>(list, { search: sought });
  const tenants = useAll<Tenant>("GET /api/v1/operator/tenants");
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const remove = useWriting<string>(list, (agent) => ask("DELETE /api/v1/operator/agents/{agent}", { path: { agent } }), { done: texts.agents.removed, tells: true });
  const add = <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  const named = (tenant: string) => tenants.data?.find((one) => one.id === tenant)?.name ?? tenant;
  return (
    <>
      <Head title={words.title}><SearchBox label={words.search} />{add}</Head>
      {agents.isError ? <Fault fault={agents.error} retry={() => void agents.refetch()} /> : (
        <Grid<Agent>
          name={words.title} rowKey="id" parts={agents}
          locale={{ emptyText: agents.isPending ? <span /> : sought ? <Teach title={texts.agents.noneFound} help={words.noneHelp} /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: texts.agents.id, dataIndex: "id", render: (id: string, agent) => <Button type="link" size="small" onClick={() => edit({ ...agent, password: "", firms: firmsOf(agent) })}>{id}</Button> },
            { title: texts.agents.name, dataIndex: "name" },
            { title: words.user, dataIndex: "user" },
            { title: words.firms, key: "firms", render: (_, agent) => <Flex gap={4} wrap>{firmsOf(agent).map(({ tenant, queues, staffNumber }) => <Tag key={tenant}>{[named(tenant ?? ""), staffNumber, queues.join(", ")].filter(Boolean).join(" · ")}</Tag>)}</Flex> },
            { key: "remove", align: "right", render: (_, { id }) => <Popconfirm title={texts.agents.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(id)}><Button size="small" danger aria-label={`${texts.agents.remove} ${id}`}>{texts.agents.remove}</Button></Popconfirm> },
          ]}
        />
      )}
      {edited && <AgentEditor entry={edited} tenants={tenants.data ?? []} close={() => edit(null)} />}
    </>
  );
}

/** First the account, if a password is given; then who it is as an agent. */
async function write({ id, name, user, password, autoSignIn, afterCallSeconds, firms }: Entry) {
  if (password) await ask("PUT /api/v1/users/{user}", { path: { user }, body: { name, role: "operatorAgent", password } });
  const given = firms.flatMap(({ tenant, ...rest }) => (tenant ? [{ tenant, ...rest }] : []));
  const queues = given.flatMap(({ tenant, queues: own }) => own.map((queue) => ({ tenant, queue })));
  const staffNumbers = given.flatMap(({ tenant, staffNumber }) => (staffNumber.trim() ? [{ tenant, number: staffNumber }] : []));
  return ask("PUT /api/v1/operator/agents/{agent}", { path: { agent: id }, body: { name, user, autoSignIn, afterCallSeconds, queues, staffNumbers } });
}

function AgentEditor({ entry, tenants, close }: { entry: Partial<Entry>; tenants: readonly Tenant[]; close: () => void }) {
  const { operatorAgents: words, agents } = useTexts();
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>(list, (wanted) => write({ ...wanted, id: entry.id ?? wanted.id }), { done: agents.saved, after: close });
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={save.mutate} close={close} width={760}>
      {!entry.id && <Form.Item name="id" label={agents.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input autoComplete="off" /></Form.Item>}
      <Form.Item name="name" label={agents.name} rules={[{ required: true, message: agents.required }]}><Input maxLength={100} autoComplete="off" /></Form.Item>
      <Flex gap="middle" wrap>
        <Form.Item name="user" label={words.user} extra={words.signIn} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input autoComplete="off" /></Form.Item>
        <Form.Item name="password" label={words.password} extra={words.passwordHelp} rules={[{ min: 8, message: words.passwordHelp }]}><Input.Password autoComplete="new-password" maxLength={128} /></Form.Item>
      </Flex>
      <Flex gap="middle" wrap>
        <Form.Item name="afterCallSeconds" label={agents.afterCall}><InputNumber min={0} max={3600} /></Form.Item>
        <Form.Item name="autoSignIn" label={words.autoSignIn} valuePropName="checked"><Switch /></Form.Item>
      </Flex>
      <Firms tenants={tenants} />
    </Editor>
  );
}

/** Each firm once, with its queues and the number by which the agent is known there. */
function Firms({ tenants }: { tenants: readonly Tenant[] }) {
  const { operatorAgents: words } = useTexts();
  return (
    <fieldset className="group">
      <legend>{words.firms}</legend>
      <Form.List name="firms">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, n) => <FirmRow key={key} row={name} place={n + 1} tenants={tenants} remove={() => remove(name)} />)}
            <Button size="small" onClick={() => add({ tenant: null, queues: [], staffNumber: "" })}>{words.addFirm}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

function FirmRow({ row, place, tenants, remove }: { row: number; place: number; tenants: readonly Tenant[]; remove: () => void }) {
  const { operatorAgents: words, agents } = useTexts();
  const tenant = Form.useWatch<string | null | undefined>(["firms", row, "tenant"]);
  const queues = useQuery({
    queryKey: ["GET /api/v1/operator/tenants/{tenant}/queues", tenant], enabled: !!tenant,
    queryFn: ({ signal }) => ask("GET /api/v1/operator/tenants/{tenant}/queues", { path: { tenant: tenant ?? "" }, query: { limit: "200" }, signal }),
  });
  return (
    <Flex gap="small" wrap align="start">
      <Form.Item name={[row, "tenant"]} rules={[{ required: true, message: agents.required }]}>
        <Select style={{ width: 200 }} showSearch={{ optionFilterProp: "label" }} placeholder={words.firm} aria-label={`${words.firm} ${place}`} options={tenants.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name={[row, "queues"]}>
        <Select style={{ width: 260 }} mode="multiple" placeholder={words.queues} aria-label={`${words.queues} ${place}`} loading={queues.isFetching} options={(queues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name={[row, "staffNumber"]}><Input style={{ width: 140 }} maxLength={16} placeholder={words.staffNumber} aria-label={`${words.staffNumber} ${place}`} autoComplete="off" /></Form.Item>
      <Button danger onClick={remove} aria-label={`${agents.remove} ${words.firm} ${place}`}>{agents.remove}</Button>
    </Flex>
  );
}
