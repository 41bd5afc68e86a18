import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, QRCode, Skeleton, Typography } from "antd";
import { ask } from "../api/client";
import { forgetSession, sessionKey } from "../api/session";
import { Frame } from "../door/Door";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

/** The role demands a second factor, and there is none yet: nothing else is possible before. */
export default function Enrol() {
  const words = useTexts().enrol;
  const client = useQueryClient();
  const secret = useQuery({ queryKey: ["second-factor"], queryFn: () => ask("POST /api/v1/session/second-factor"), staleTime: Infinity, gcTime: 0, retry: false, refetchOnMount: false });
  const confirm = useMutation({ mutationFn: ({ code }: { code: string }) => ask("POST /api/v1/session/second-factor/confirm", { body: { code: code.replace(/\s/g, "") } }) });
  const leave = useMutation({ mutationFn: () => ask("DELETE /api/v1/session"), onSettled: () => forgetSession(client) });
  if (confirm.data) return <Frame title={words.codes}><Recovery codes={confirm.data.recoveryCodes} on={() => void client.invalidateQueries({ queryKey: sessionKey })} /></Frame>;
  return (
    <Frame title={words.title}>
      <Typography.Paragraph>{words.why}</Typography.Paragraph>
      {secret.isError ? <Fault fault={secret.error} retry={() => void secret.refetch()} /> : !secret.data ? <Skeleton active /> : (
        <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(entry) => confirm.mutate(entry)}>
          <Flex justify="center" aria-hidden><QRCode type="svg" value={secret.data.uri} bgColor="#fff" color="#000" /></Flex>
          <Typography.Paragraph className="foot">{words.byHand} <Typography.Text code copyable className="secret">{secret.data.secret}</Typography.Text></Typography.Paragraph>
          <Form.Item name="code" label={words.code} rules={[{ required: true, whitespace: true, message: words.code }]}><Input autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={10} /></Form.Item>
          {confirm.isError && <Form.Item><Fault fault={confirm.error} /></Form.Item>}
          <Button type="primary" htmlType="submit" block loading={confirm.isPending}>{words.confirm}</Button>
          <Flex justify="center" className="foot"><Button type="link" onClick={() => leave.mutate()}>{words.leave}</Button></Flex>
        </Form>
      )}
    </Frame>
  );
}

function Recovery({ codes, on }: { codes: string[]; on: () => void }) {
  const words = useTexts().enrol;
  return (
    <>
      <Alert type="warning" showIcon title={words.codesHelp} />
      <ul className="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <Typography.Paragraph copyable={{ text: codes.join("\n") }}>{words.copy}</Typography.Paragraph>
      <Button type="primary" block onClick={on}>{words.kept}</Button>
    </>
  );
}
