import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Form, Input, Result } from "antd";
import { Link } from "react-router";
import { ask } from "../api/client";
import { Frame } from "../door/Door";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

/** Asks for a link by e-mail. Whether there is such a user, nobody is told. */
export default function Forgot() {
  const { signIn: words } = useTexts();
  const send = useMutation({ mutationFn: ({ user }: { user: string }) => ask("POST /api/v1/session/password-reset", { body: { user: user.trim() } }) });
  const back = <Flex justify="center" className="foot"><Link to="/">{words.back}</Link></Flex>;
  return (
    <Frame title={words.forgotTitle}>
      {send.isSuccess ? <><Result status="success" title={words.sent} subTitle={words.sentHelp} />{back}</> : (
        <Form<{ user: string }> layout="vertical" requiredMark={false} onFinish={(entry) => send.mutate(entry)}>
          <Form.Item name="user" label={words.user} extra={words.forgotHelp} rules={[{ required: true, whitespace: true, message: words.missingUser }]}><Input autoComplete="username" autoFocus maxLength={64} /></Form.Item>
          {send.isError && <Form.Item><Fault fault={send.error} /></Form.Item>}
          <Button type="primary" htmlType="submit" block loading={send.isPending}>{words.send}</Button>
          {back}
        </Form>
      )}
    </Frame>
  );
}
