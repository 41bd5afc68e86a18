import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Form, Input, Result } from "antd";
import { Link, useLocation } from "react-router";
import { ask, Problem } from "../api/client";
import { sessionKey } from "../api/session";
import { Frame } from "../door/Door";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

interface Entry { password: string; again: string }
export const shortest = 8;

/** Where the link in the e-mail leads. Its token stands behind the #, so that no server logs it. */
export default function Reset() {
  const { signIn: words } = useTexts();
  const token = useLocation().hash.slice(1);
  const client = useQueryClient();
  const reset = useMutation({
    mutationFn: ({ password }: Entry) => ask("POST /api/v1/session/password-reset/confirm", { body: { token, password } }),
    onSuccess: () => client.setQueryData(sessionKey, null), // whatever sessions there were are over
  });
  const refused = reset.error instanceof Problem && "token" in reset.error.fields;
  if (!token || refused) return <Frame title={words.resetTitle}><Result status="warning" title={words.linkOver} subTitle={words.linkOverHelp} extra={<Link to="/forgot">{words.forgot}</Link>} /></Frame>;
  if (reset.isSuccess) return <Frame title={words.resetTitle}><Result status="success" title={words.resetDone} extra={<Link to="/">{words.submit}</Link>} /></Frame>;
  return (
    <Frame title={words.resetTitle}>
      <Form<Entry> layout="vertical" requiredMark={false} onFinish={(entry) => reset.mutate(entry)}>
        <Form.Item name="password" label={words.newPassword} extra={words.passwordHelp} rules={[{ required: true, min: shortest, message: words.passwordHelp }]}><Input.Password autoComplete="new-password" autoFocus maxLength={128} /></Form.Item>
        <Form.Item name="again" label={words.again} dependencies={["password"]} rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue("password") ? Promise.resolve() : Promise.reject(new Error(words.notAlike))) })]}><Input.Password autoComplete="new-password" maxLength={128} /></Form.Item>
        {reset.isError && <Form.Item><Fault fault={reset.error} /></Form.Item>}
        <Button type="primary" htmlType="submit" block loading={reset.isPending}>{words.setPassword}</Button>
        <Flex justify="center" className="foot"><Link to="/">{words.back}</Link></Flex>
      </Form>
    </Frame>
  );
}
