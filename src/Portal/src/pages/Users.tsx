import { App, Badge, Button, Flex, Form, Input, Popconfirm, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { mayChange } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { useSession, type Role } from "../api/session";
import { Editor, idRule } from "../parts/Editor";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { TableButtons } from "../parts/Import";
import { SearchBox, useSought } from "../parts/search";
import { Teach } from "../parts/Teach";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { UserSessions } from "./UserSessions";

type User = Schema<"UserAnswer">;
interface Entry { id: string; name: string; role: Role; email: string; way: "password" | "link" | "none"; password?: string; disabled: boolean }

const list = "GET /api/v1/users";
export const tenantRoles: readonly Role[] = ["tenantAdmin", "dutyManager", "teamLeader", "qaInspector", "agent", "trainee", "trainer", "knowledgeEditor", "backOfficeHandler", "planner", "clientLiaison"];
const shortest = 8;

/** The people who sign in. */
export default function Users() {
  const texts = useTexts();
  const words = texts.users;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const sought = useSought();
  const users = useParts<User>(list, { search: sought });
  const [edited, edit] = useState<Partial<User> | null>(null);
  const [watched, watch] = useState<string | null>(null);
  const remove = useWriting<string>(list, (user) => ask("DELETE /api/v1/users/{user}", { path: { user } }), { done: texts.agents.removed, tells: true });
  const add = changes && <Button type="primary" onClick={() => edit({ role: "agent" })}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}><SearchBox label={words.search} /><TableButtons table="users" list={list} imports={changes} />{add}</Head>
      {users.isError ? <Fault fault={users.error} retry={() => void users.refetch()} /> : (
        <Grid<User>
          name={words.title} rowKey="id" parts={users}
          locale={{ emptyText: users.isPending ? <span /> : sought ? <Teach title={words.noneFound} help={words.noneFoundHelp} /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: texts.signIn.user, dataIndex: "id", render: (id: string, user) => (changes ? <Button type="link" size="small" onClick={() => edit(user)}>{id}</Button> : id) },
            { title: words.name, dataIndex: "name" },
            { title: words.role, dataIndex: "role", render: (role: Role) => texts.roles[role] },
            { title: words.email, dataIndex: "email" },
            { title: words.state, key: "state", render: (_, user) => <State user={user} /> },
            ...(changes ? [{
              key: "actions", align: "right" as const, render: (_: unknown, user: User) => (
                <Flex gap="small" justify="end">
                  <Button size="small" aria-label={`${words.sessions} ${user.id}`} onClick={() => watch(user.id)}>{words.sessions}</Button>
                  <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(user.id)}><Button size="small" danger disabled={user.id === me?.user}>{texts.agents.remove}</Button></Popconfirm>
                </Flex>
              ),
            }] : []),
          ]}
        />
      )}
      {edited && <UserEditor user={edited} close={() => edit(null)} />}
      {watched && <UserSessions user={watched} close={() => watch(null)} />}
    </>
  );
}

function State({ user }: { user: User }) {
  const { users: words } = useTexts();
  if (user.disabled) return <Badge status="error" text={words.disabled} />;
  return user.hasPassword ? <Badge status="success" text={words.active} /> : <Badge status="warning" text={words.noPassword} />;
}

function UserEditor({ user, close }: { user: Partial<User>; close: () => void }) {
  const texts = useTexts();
  const words = texts.users;
  const { message } = App.useApp();
  const [form] = Form.useForm<Entry>();
  const { data: me } = useSession();
  const isNew = !user.id;
  const isMe = user.id === me?.user;
  const way = Form.useWatch("way", form) ?? (isNew ? "password" : "none");
  const save = useWriting<Entry>(list, async ({ id, way: chosen, name, role, email, password, disabled }) => {
    const path = { user: user.id ?? id };
    await ask("PUT /api/v1/users/{user}", { path, body: { name, email, ...(isMe ? {} : { role, disabled }), ...(chosen === "password" && password ? { password } : {}) } });
    if (chosen === "link") {
      await ask("POST /api/v1/users/{user}/password-reset", { path });
      void message.success(words.linkSent);
    }
  }, { done: texts.agents.saved, after: close });
  const needed = [{ required: true, message: texts.agents.required }];
  const ways = [...(isNew ? [] : [{ value: "none", label: words.keepPassword }]), { value: "password", label: isNew ? words.firstPassword : words.newPassword }, { value: "link", label: words.byLink }];
  return (
    <Editor title={isNew ? words.add : words.edit} open form={form} initial={{ name: user.name ?? "", role: user.role ?? "agent", email: user.email ?? "", disabled: user.disabled ?? false, way: isNew ? "password" : "none" }} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {isNew && <Form.Item name="id" label={texts.signIn.user} extra={texts.agents.idHelp} rules={[{ required: true, ...idRule, message: texts.agents.idHelp }]}><Input autoComplete="off" /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} autoComplete="off" /></Form.Item>
      <Form.Item name="role" label={words.role} rules={needed} extra={isMe ? words.notOneself : undefined}><Select disabled={isMe} options={tenantRoles.map((role) => ({ value: role, label: texts.roles[role] }))} /></Form.Item>
      <Form.Item name="email" label={words.email} rules={[{ type: "email", message: words.emailWrong }, { required: way === "link", message: texts.agents.required }]}><Input inputMode="email" maxLength={254} autoComplete="off" /></Form.Item>
      <Form.Item name="way" label={words.way}><Radio.Group options={ways} /></Form.Item>
      {way === "password" && <Form.Item name="password" label={texts.signIn.password} extra={words.passwordHelp} rules={[...needed, { min: shortest, message: words.passwordHelp }]}><Input.Password autoComplete="new-password" maxLength={128} /></Form.Item>}
      {!isNew && !isMe && <Form.Item name="disabled" label={words.switchedOff} extra={words.switchedOffHelp} valuePropName="checked"><Switch /></Form.Item>}
    </Editor>
  );
}
