import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { ask, Problem } from "../api/client";
import { endedKey, sessionKey } from "../api/session";
import { Frame } from "../door/Door";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

interface Entry { user: string; password: string; code?: string }

/** The firm is known by the host. Who has a second factor is asked for its code in a second step. */
export function SignIn() {
  const texts = useTexts();
  const words = texts.signIn;
  const client = useQueryClient();
  const [known, know] = useState<Entry | null>(null);
  const enter = useMutation({
    mutationFn: (entry: Entry) => ask("POST /api/v1/session", { body: { user: entry.user.trim(), password: entry.password, ...(entry.code ? { code: entry.code.replace(/\s/g, "") } : {}) } }),
    onSuccess: () => { client.setQueryData(endedKey, false); return client.invalidateQueries({ queryKey: sessionKey }); },
    onError: (fault, entry) => { if (fault instanceof Problem && fault.code === "codeWanted") know(entry); },
  });
  const wanted = enter.error instanceof Problem && enter.error.code === "codeWanted";
  return (
    <Frame>
      {client.getQueryData(endedKey) === true && <Alert type="info" showIcon className="search" title={words.ended} />}
      {known
        ? <Code fault={wanted ? null : enter.error} pending={enter.isPending} enter={(code) => enter.mutate({ ...known, code })} back={() => { know(null); enter.reset(); }} />
        : (
          <Form<Entry> layout="vertical" requiredMark={false} onFinish={(entry) => enter.mutate(entry)}>
            <Form.Item name="user" label={words.user} rules={[{ required: true, message: words.missingUser }]}>
              <Input autoComplete="username" autoFocus />
            </Form.Item>
            <Form.Item name="password" label={words.password} rules={[{ required: true, message: words.missingPassword }]}>
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            {enter.isError && <Form.Item><Fault fault={enter.error} /></Form.Item>}
            <Button type="primary" htmlType="submit" block loading={enter.isPending}>{words.submit}</Button>
            <Flex justify="center" className="foot"><Link to="/forgot">{words.forgot}</Link></Flex>
          </Form>
        )}
    </Frame>
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
