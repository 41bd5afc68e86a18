import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, QRCode, Typography } from "antd";
import { useEffect } from "react";
import { ask } from "../api/client";
import { sessionKey } from "../api/session";
import { useTexts } from "../texts/texts";
import { Fault } from "./faults";

/** The code of an authenticator app, or a recovery code. */
function CodeForm({ submit, send, pending, fault, danger = false }: { submit: string; send: (code: string) => void; pending: boolean; fault: unknown; danger?: boolean }) {
  const { account: words, agents } = useTexts();
  return (
    <Form<{ code: string }> layout="vertical" onFinish={({ code }) => send(code.trim())}>
      <Form.Item name="code" label={words.code} rules={[{ required: true, message: agents.required }]}><Input className="code" autoComplete="one-time-code" maxLength={32} /></Form.Item>
      {fault ? <Form.Item><Fault fault={fault} /></Form.Item> : null}
      <Button type="primary" htmlType="submit" danger={danger} loading={pending}>{submit}</Button>
    </Form>
  );
}

/** From nothing to a second factor: secret, first code, recovery codes. `atOnce`: the secret is shown unasked. */
export function EnrolFactor({ atOnce = false }: { atOnce?: boolean }) {
  const { account: words } = useTexts();
  const client = useQueryClient();
  const begin = useMutation({ mutationFn: () => ask("POST /api/v1/session/second-factor") });
  const confirm = useMutation({ mutationFn: (code: string) => ask("POST /api/v1/session/second-factor/confirm", { body: { code } }) });
  const { mutate: start } = begin;
  useEffect(() => { if (atOnce) start(); }, [atOnce, start]);
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} done={() => void client.invalidateQueries({ queryKey: sessionKey })} />;
  if (!begin.data) {
    return (
      <Flex vertical gap="middle" align="start">
        <Typography.Text>{words.factorHelp}</Typography.Text>
        {begin.error && <Fault fault={begin.error} />}
        <Button type="primary" onClick={() => begin.mutate()} loading={begin.isPending}>{words.enrol}</Button>
      </Flex>
    );
  }
  return (
    <Flex gap="large" wrap>
      <div aria-hidden><QRCode value={begin.data.uri} type="svg" size={200} color="#000" bgColor="#fff" /></div>
      <Flex vertical gap="middle" className="narrow">
        <Typography.Text>{words.scan}</Typography.Text>
        <Typography.Text className="figures" copyable={{ tooltips: false }} code>{begin.data.secret}</Typography.Text>
        <CodeForm submit={words.confirm} send={confirm.mutate} pending={confirm.isPending} fault={confirm.error} />
      </Flex>
    </Flex>
  );
}

function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const { account: words } = useTexts();
  return (
    <Flex vertical gap="middle" align="start">
      <Alert type="warning" showIcon title={words.recovery} description={words.recoveryHelp} />
      <Typography.Paragraph className="codes" copyable={{ text: codes.join("\n"), tooltips: false }}>{codes.map((code) => <code key={code}>{code}</code>)}</Typography.Paragraph>
      <Button type="primary" onClick={done}>{words.kept}</Button>
    </Flex>
  );
}

export function RemoveFactor() {
  const { account: words } = useTexts();
  const client = useQueryClient();
  const remove = useMutation({ mutationFn: (code: string) => ask("POST /api/v1/session/second-factor/remove", { body: { code } }), onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }) });
  return (
    <Flex vertical gap="middle" className="narrow">
      <Alert type="success" showIcon title={words.factorOn} />
      <CodeForm submit={words.removeFactor} send={remove.mutate} pending={remove.isPending} fault={remove.error} danger />
    </Flex>
  );
}
