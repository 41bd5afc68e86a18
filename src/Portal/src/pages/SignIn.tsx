import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Divider, Flex, Form, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { ask, Problem } from "../api/client";
import { endedKey, sessionKey } from "../api/session";
import { arrival, entry, providerPath } from "../app/entry";
import { Frame } from "../door/Door";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

interface Entry { user: string; password: string; code?: string }

/** The firm is known by the host. Who has a second factor is asked for its code in a second step. */
export function SignIn() {
  const { signIn: words, errors } = useTexts();
  const client = useQueryClient();
  const [known, know] = useState<Entry | null>(null);
  const [fromProvider, setFromProvider] = useState(arrival.wantsCode);
  const entered = () => { client.setQueryData(endedKey, false); return client.invalidateQueries({ queryKey: sessionKey }); };
  const enter = useMutation({
    mutationFn: (entry: Entry) => ask("POST /api/v1/session", { body: { user: entry.user.trim(), password: entry.password, ...(entry.code ? { code: plain(entry.code) } : {}) } }),
    onSuccess: entered,
    onError: (fault, entry) => { if (fault instanceof Problem && fault.code === "codeWanted") know(entry); },
  });
  const confirm = useMutation({ mutationFn: (code: string) => ask("POST /api/v1/session/oidc/code", { body: { code: plain(code) } }), onSuccess: entered });
  const wanted = enter.error instanceof Problem && enter.error.code === "codeWanted";
  if (fromProvider) return <Frame><Code fault={confirm.error} pending={confirm.isPending} enter={confirm.mutate} back={() => setFromProvider(false)} /></Frame>;
  return (
    <Frame>
      {client.getQueryData(endedKey) === true && <Alert type="info" showIcon className="search" title={words.ended} />}
      {arrival.fault && <Alert type="error" showIcon className="search" title={(errors as Record<string, string>)[arrival.fault] ?? errors.title} />}
      {known
        ? <Code fault={wanted ? null : enter.error} pending={enter.isPending} enter={(code) => enter.mutate({ ...known, code })} back={() => { know(null); enter.reset(); }} />
        : (
          <>
            {entry.provider && <Button type={entry.passwords ? "default" : "primary"} block href={providerPath()}>{entry.name ? `${words.by}${entry.name}` : words.byProvider}</Button>}
            {entry.provider && entry.passwords && <Divider plain>{words.or}</Divider>}
            {entry.passwords && <ByPassword fault={enter.isError && !wanted ? enter.error : null} pending={enter.isPending} enter={enter.mutate} />}
          </>
        )}
    </Frame>
  );
}

const plain = (code: string) => code.replace(/\s/g, "");

function ByPassword({ fault, pending, enter }: { fault: unknown; pending: boolean; enter: (entry: Entry) => void }) {
  const { signIn: words } = useTexts();
  return (
    <Form<Entry> layout="vertical" requiredMark={false} onFinish={enter}>
      <Form.Item name="user" label={words.user} rules={[{ required: true, message: words.missingUser }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label={words.password} rules={[{ required: true, message: words.missingPassword }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {fault ? <Form.Item><Fault fault={fault} /></Form.Item> : null}
      <Button type="primary" htmlType="submit" block loading={pending}>{words.submit}</Button>
      <Flex justify="center" className="foot"><Link to="/forgot">{words.forgot}</Link></Flex>
    </Form>
  );
}

function Code({ fault, pending, enter, back }: { fault: unknown; pending: boolean; enter: (code: string) => void; back: () => void }) {
  const words = useTexts().signIn;
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => enter(code)}>
      <Form.Item name="code" label={words.code} extra={words.codeHelp} rules={[{ required: true, whitespace: true, message: words.missingCode }]}>
        <Input autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={64} />
      </Form.Item>
      {fault ? <Form.Item><Fault fault={fault} /></Form.Item> : null}
      <Button type="primary" htmlType="submit" block loading={pending}>{words.submit}</Button>
      <Flex justify="center" className="foot"><Button type="link" onClick={back}>{words.back}</Button></Flex>
    </Form>
  );
}
