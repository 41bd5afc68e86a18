import { useMutation } from "@tanstack/react-query";
import { App, Button, Card, Flex, Form, Input } from "antd";
import { useEffect } from "react";
import { ask, Problem } from "../api/client";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Head } from "../parts/Head";
import { saidOf } from "../parts/said";
import { EnrolFactor, RemoveFactor } from "../parts/SecondFactor";
import { SessionList } from "../parts/SessionList";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";

const list = "GET /api/v1/sessions";
const shortest = 8;

/** One's own account: password, second factor, sessions. Everybody has it. */
export default function Account() {
  const texts = useTexts();
  const words = texts.account;
  const { data: me } = useSession();
  const end = useWriting<string>(list, (session) => ask("DELETE /api/v1/sessions/{session}", { path: { session } }), { done: words.ended, tells: true });
  const endOthers = useWriting<void>(list, () => ask("DELETE /api/v1/sessions"), { done: words.ended, tells: true });
  if (!me) return null;
  return (
    <>
      <Head title={words.title}>{`${me.user} · ${texts.roles[me.role]}`}</Head>
      <Flex vertical gap="middle">
        <Card title={words.factor}>{me.secondFactor ? <RemoveFactor /> : <EnrolFactor />}</Card>
        <Card title={words.password}><Password /></Card>
        <Card title={texts.users.sessions} extra={<Button onClick={() => endOthers.mutate()} loading={endOthers.isPending}>{words.endOthers}</Button>}><SessionList list={list} end={end.mutate} /></Card>
      </Flex>
    </>
  );
}

interface Entry { current: string; password: string; again: string }

function Password() {
  const texts = useTexts();
  const { account: words, agents, users } = texts;
  const { message } = App.useApp();
  const [form] = Form.useForm<Entry>();
  const change = useMutation({
    mutationFn: ({ current, password }: Entry) => ask("PUT /api/v1/session/password", { body: { current, password } }),
    onSuccess: () => { form.resetFields(); void message.success(words.passwordChanged); },
  });
  useEffect(() => {
    if (change.error instanceof Problem) form.setFields(Object.entries(saidOf(change.error.fields, texts)).map(([name, errors]) => ({ name: name as keyof Entry, errors })));
  }, [change.error, form, texts]);
  const needed = { required: true, message: agents.required };
  return (
    <Form<Entry> form={form} layout="vertical" className="narrow" onFinish={(entry) => change.mutate(entry)}>
      <Form.Item name="current" label={words.current} rules={[needed]}><Input.Password autoComplete="current-password" maxLength={128} /></Form.Item>
      <Form.Item name="password" label={users.newPassword} extra={users.passwordHelp} rules={[needed, { min: shortest, message: users.passwordHelp }]}><Input.Password autoComplete="new-password" maxLength={128} /></Form.Item>
      <Form.Item name="again" label={words.again} dependencies={["password"]} rules={[needed, ({ getFieldValue }) => ({ validator: (_, value) => (!value || value === getFieldValue("password") ? Promise.resolve() : Promise.reject(new Error(words.differs))) })]}><Input.Password autoComplete="new-password" maxLength={128} /></Form.Item>
      {change.error && <Form.Item><Fault fault={change.error} /></Form.Item>}
      <Button type="primary" htmlType="submit" loading={change.isPending}>{words.change}</Button>
    </Form>
  );
}
