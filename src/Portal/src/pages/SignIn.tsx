import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Card, Flex, Form, Input, Typography } from "antd";
import { tenantName, useLook } from "../app/look";
import { Preferences } from "../app/Preferences";
import { ask } from "../api/client";
import { sessionKey } from "../api/session";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

interface Entry { user: string; password: string }

/** The firm is known by the host. */
export function SignIn() {
  const texts = useTexts();
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: (entry: Entry) => ask("POST /api/v1/session", { body: { user: entry.user.trim(), password: entry.password } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
  const { brand } = useLook();
  const door = (
    <main className="door">
      {brand.logo && <img className="mark" src={brand.logo.url} alt="" />}
      <Typography.Title level={1}>{tenantName}</Typography.Title>
      <Card>
        <Form<Entry> layout="vertical" requiredMark={false} onFinish={(entry) => enter.mutate(entry)}>
          <Form.Item name="user" label={texts.signIn.user} rules={[{ required: true, message: texts.signIn.missingUser }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={texts.signIn.password} rules={[{ required: true, message: texts.signIn.missingPassword }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {enter.isError && <Form.Item><Fault fault={enter.error} /></Form.Item>}
          <Button type="primary" htmlType="submit" block loading={enter.isPending}>{texts.signIn.submit}</Button>
        </Form>
      </Card>
      <Flex justify="center" className="foot"><Preferences /></Flex>
    </main>
  );
  return brand.signIn ? <div className="entrance"><div className="view"><img src={brand.signIn.url} alt="" /></div>{door}</div> : door;
}
