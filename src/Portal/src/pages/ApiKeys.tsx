import { Alert, Button, Flex, Form, Input, Modal, Popconfirm, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import type { Role } from "../api/session";
import { Editor } from "../parts/Editor";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { instant } from "../parts/times";
import { useReturn } from "../parts/useReturn";
import { useWriting } from "../parts/useWriting";
import { useSpeech, useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";

type Key = Schema<"ApiKeyView">;
type Made = Schema<"NewApiKey">;
interface Entry { name: string; role: Role; scopes: string[]; expires?: string }

const list = "GET /api/v1/apikeys";
const keyRoles: readonly Role[] = ["tenantAdmin", "dutyManager", "qaInspector"];

/** "calls.read" in the reader's language. */
function scopeText(scope: string, texts: Texts): string {
  const [resource, right] = scope.split(".");
  return `${(texts.resources as Record<string, string>)[resource ?? ""] ?? resource} · ${right === "write" ? texts.apiKeys.write : texts.apiKeys.read}`;
}

/** Keys for the firm's programs. */
export default function ApiKeys() {
  const { texts, locale } = useSpeech();
  const words = texts.apiKeys;
  const keys = useParts<Key>(list);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const revoke = useWriting<string>(list, (key) => ask("DELETE /api/v1/apikeys/{key}", { path: { key } }), { done: words.revoked, tells: true });
  const add = <Button type="primary" onClick={() => setAdding(true)}>{words.add}</Button>;
  const expiry = (at: string | null) => (!at ? words.never : Date.parse(at) < Date.now() ? <Typography.Text type="danger">{words.expired}</Typography.Text> : instant(at, locale));
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {keys.isError ? <Fault fault={keys.error} retry={() => void keys.refetch()} /> : (
        <Grid<Key>
          name={words.title} rowKey="id" parts={keys}
          locale={{ emptyText: keys.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name" },
            { title: words.id, dataIndex: "id" },
            { title: texts.users.role, dataIndex: "role", render: (role: Role) => texts.roles[role] },
            { title: words.scopes, dataIndex: "scopes", render: (scopes: string[]) => (scopes.length === 0 ? words.all : <Flex gap={4} wrap>{scopes.map((scope) => <Tag key={scope}>{scopeText(scope, texts)}</Tag>)}</Flex>) },
            { title: words.expires, dataIndex: "expires", render: expiry },
            { key: "revoke", align: "right", render: (_, key) => <Popconfirm title={words.revokeSure} okText={words.revoke} onConfirm={() => revoke.mutate(key.id)}><Button size="small" danger aria-label={`${words.revoke} ${key.name}`}>{words.revoke}</Button></Popconfirm> },
          ]}
        />
      )}
      {adding && <NewKey made={(key) => { setAdding(false); setMade(key); }} close={() => setAdding(false)} />}
      {made && <Shown made={made} close={() => setMade(null)} />}
    </>
  );
}

function NewKey({ made, close }: { made: (key: Made) => void; close: () => void }) {
  const texts = useTexts();
  const words = texts.apiKeys;
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>(list, async ({ expires, ...body }) => made(await ask("POST /api/v1/apikeys", { body: { ...body, ...(expires ? { expires: new Date(`${expires}T23:59:59`).toISOString() } : {}) } })), { done: texts.agents.saved });
  const needed = [{ required: true, message: texts.agents.required }];
  const scopes = Object.keys(texts.resources).flatMap((resource) => [`${resource}.read`, `${resource}.write`]).map((scope) => ({ value: scope, label: scopeText(scope, texts) }));
  return (
    <Editor title={words.add} open form={form} initial={{ role: "dutyManager", scopes: [] }} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      <Form.Item name="name" label={words.name} extra={words.nameHelp} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="role" label={texts.users.role} extra={words.roleHelp} rules={needed}><Select options={keyRoles.map((role) => ({ value: role, label: texts.roles[role] }))} /></Form.Item>
      <Form.Item name="scopes" label={words.scopes} extra={words.scopesHelp}><Select mode="multiple" options={scopes} optionFilterProp="label" /></Form.Item>
      <Form.Item name="expires" label={words.expires} extra={words.expiresHelp}><Input type="date" /></Form.Item>
    </Editor>
  );
}

/** The only time that the key is seen. */
function Shown({ made, close }: { made: Made; close: () => void }) {
  const { apiKeys: words } = useTexts();
  useReturn();
  return (
    <Modal title={made.name} open onCancel={close} mask={{ closable: false }} footer={<Button type="primary" onClick={close}>{words.kept}</Button>}>
      <Flex vertical gap="middle">
        <Alert type="warning" showIcon title={words.once} />
        <Typography.Text className="wide" copyable={{ tooltips: false }} code>{made.key}</Typography.Text>
      </Flex>
    </Modal>
  );
}
