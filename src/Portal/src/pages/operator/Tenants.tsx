import { Button, Divider, Flex, Form, Input, InputNumber, Popconfirm, Select } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useParts } from "../../api/lists";
import { useSession } from "../../api/session";
import { Editor, idRule } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { State } from "../../parts/State";
import { Teach } from "../../parts/Teach";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";
import { Ceiling } from "./Ceiling";
import { TenantDomains } from "./TenantDomains";

type Tenant = Schema<"TenantAnswer">;
type Entry = Pick<Tenant, "id" | "name" | "domain" | "seats" | "callLimit" | "timeZone" | "language"> & { adminUser?: string; adminPassword?: string };

const list = "GET /api/v1/operator/tenants";
const fresh: Partial<Entry> = { seats: 10, callLimit: null, timeZone: "Asia/Shanghai", language: "zh-CN", adminUser: "admin" };

export default function Tenants() {
  const texts = useTexts();
  const words = texts.tenants;
  const tenants = useParts<Tenant>(list);
  const { data: me } = useSession();
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const [capped, cap] = useState<Tenant | null>(null);
  const [named, nameHosts] = useState<Tenant | null>(null);
  const suspend = useWriting<Tenant>(list, ({ id, suspended }) => ask("PUT /api/v1/operator/tenants/{tenant}", { path: { tenant: id }, body: { suspended: !suspended } }), { done: texts.agents.saved, tells: true });
  const add = <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {tenants.isError ? <Fault fault={tenants.error} retry={() => void tenants.refetch()} /> : (
        <Grid<Tenant>
          name={words.title} rowKey="id" parts={tenants}
          locale={{ emptyText: tenants.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, tenant) => <Button type="link" size="small" onClick={() => edit(tenant)}>{text}</Button> },
            { title: words.id, dataIndex: "id" },
            { title: words.domain, dataIndex: "domain" },
            { title: words.seats, dataIndex: "seats", align: "right" },
            { title: words.callLimit, dataIndex: "callLimit", align: "right", render: (limit: number | null) => limit ?? words.noLimit },
            { title: words.state, key: "state", render: (_, { suspended }) => <State is={suspended ? "bad" : "good"}>{suspended ? words.suspended : words.active}</State> },
            {
              key: "do",
              render: (_, tenant) => (
                <Flex gap="small">
                  <Button size="small" onClick={() => cap(tenant)}>{words.ceiling}</Button>
                  <Button size="small" onClick={() => nameHosts(tenant)}>{words.domains}</Button>
                  {tenant.suspended ? <Button size="small" onClick={() => suspend.mutate(tenant)}>{words.resume}</Button>
                    : <Popconfirm title={words.suspendSure} okText={words.suspend} onConfirm={() => suspend.mutate(tenant)}><Button size="small" danger>{words.suspend}</Button></Popconfirm>}
                </Flex>
              ),
            },
          ]}
        />
      )}
      {edited && <TenantEditor entry={edited} makesAdmin={me?.role === "operator"} close={() => edit(null)} />}
      {capped && <Ceiling tenant={capped} changes={me?.role === "operator"} close={() => cap(null)} />}
      {named && <TenantDomains tenant={named} close={() => nameHosts(null)} />}
    </>
  );
}

async function write({ id, adminUser, adminPassword, ...body }: Entry) {
  await ask("PUT /api/v1/operator/tenants/{tenant}", { path: { tenant: id }, body });
  if (adminUser && adminPassword) await ask("PUT /api/v1/operator/tenants/{tenant}/users/{user}", { path: { tenant: id, user: adminUser }, body: { name: adminUser, role: "tenantAdmin", password: adminPassword } });
}

function TenantEditor({ entry, makesAdmin, close }: { entry: Partial<Entry>; makesAdmin: boolean; close: () => void }) {
  const { tenants: words, agents } = useTexts();
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>(list, (wanted) => write({ ...wanted, id: entry.id ?? wanted.id, callLimit: wanted.callLimit ?? null }), { done: agents.saved, after: close });
  const needed = [{ required: true, message: agents.required }];
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!entry.id && <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input maxLength={32} /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="domain" label={words.domain} extra={words.domainHelp} rules={needed}><Input maxLength={253} /></Form.Item>
      <Flex gap="middle" wrap>
        <Form.Item name="seats" label={words.seats} rules={needed}><InputNumber min={0} max={100_000} /></Form.Item>
        <Form.Item name="callLimit" label={words.callLimit}><InputNumber min={0} max={1_000_000} placeholder={words.noLimit} /></Form.Item>
        <Form.Item name="timeZone" label={words.timeZone} rules={needed}><Input maxLength={64} /></Form.Item>
        <Form.Item name="language" label={words.language} rules={needed}><Select style={{ width: 120 }} options={[{ value: "zh-CN", label: words.chinese }, { value: "en", label: words.english }]} /></Form.Item>
      </Flex>
      {!entry.id && makesAdmin && (
        <>
          <Divider titlePlacement="start" plain>{words.firstAdmin}</Divider>
          <Form.Item name="adminUser" label={words.adminUser} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="adminPassword" label={words.adminPassword} extra={words.passwordHelp} rules={[{ required: true, min: 8, message: words.passwordHelp }]}><Input.Password autoComplete="new-password" /></Form.Item>
        </>
      )}
    </Editor>
  );
}
