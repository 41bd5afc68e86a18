import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex, Form, Input, InputNumber, Select, Spin } from "antd";
import { useState } from "react";
import { mayChange } from "../../app/pages";
import { ask } from "../../api/client";
import { reasonsKey, type Reason } from "../../api/reasons";
import { useSession } from "../../api/session";
import { useSheet } from "../../api/sheets";
import { Fault } from "../../parts/faults";
import { Head } from "../../parts/Head";
import { Teach } from "../../parts/Teach";
import { useFieldFaults } from "../../parts/useFieldFaults";
import { useTexts } from "../../texts/texts";
import { StationRules } from "./StationRules";

interface Entry { reasons: Reason[] }

/** Why agents may be not ready or on a break: one list, in the order in which it is shown. */
export default function Reasons() {
  const { reasons: words, stationRules } = useTexts();
  const [opened, open] = useState(false);
  const known = useSheet("GET /api/v1/reasons");
  return (
    <>
      <Head title={words.title}><Button type="primary" onClick={() => open(true)}>{stationRules.title}</Button></Head>
      <p className="hint">{words.help}</p>
      {known.data ? <Sheet initial={{ reasons: known.data.reasons }} /> : known.isError ? <Fault fault={known.error} retry={() => void known.refetch()} /> : <Spin />}
      {opened && <StationRules close={() => open(false)} />}
    </>
  );
}

function Sheet({ initial }: { initial: Entry }) {
  const { reasons: words, agents: common, states } = useTexts();
  const { message } = App.useApp();
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const client = useQueryClient();
  const [form] = Form.useForm<Entry>();
  const save = useMutation({
    mutationFn: ({ reasons }: Entry) => ask("PUT /api/v1/reasons", { body: { reasons: (reasons ?? []).map((reason) => ({ ...reason, for: reason.for ?? null, allowanceMinutes: reason.allowanceMinutes ?? null })) } }),
    onSuccess: (answer) => { client.setQueryData(reasonsKey, answer); void message.success(common.saved); },
  });
  useFieldFaults(form, save.error);
  const needed = [{ required: true, message: common.required }];
  return (
    <Form<Entry> form={form} initialValues={initial} onFinish={save.mutate} disabled={!changes}>
      <Form.List name="reasons">
        {(fields, { add, remove, move }) => (
          <>
            {fields.length === 0 && <Teach title={words.none} help={words.noneHelp} />}
            {fields.map(({ key, name }, n) => (
              <Flex key={key} gap="small" wrap align="start" role="group" aria-label={`${words.title} ${n + 1}`}>
                <Form.Item name={[name, "code"]} rules={needed}><Input placeholder={words.code} aria-label={`${words.code} ${n + 1}`} maxLength={64} style={{ width: 150 }} /></Form.Item>
                <Form.Item name={[name, "zh"]} rules={needed}><Input placeholder={words.zh} aria-label={`${words.zh} ${n + 1}`} maxLength={40} style={{ width: 140 }} /></Form.Item>
                <Form.Item name={[name, "en"]} rules={needed}><Input placeholder={words.en} aria-label={`${words.en} ${n + 1}`} maxLength={40} style={{ width: 150 }} /></Form.Item>
                <Form.Item name={[name, "for"]}><Select style={{ width: 130 }} allowClear placeholder={words.both} aria-label={`${words.use} ${n + 1}`} options={(["notReady", "break"] as const).map((value) => ({ value, label: states[value] }))} /></Form.Item>
                <Form.Item name={[name, "allowanceMinutes"]}><InputNumber min={1} max={1440} placeholder={words.allowance} title={words.allowanceHelp} aria-label={`${words.allowance} ${n + 1}`} style={{ width: 130 }} /></Form.Item>
                {changes && <>
                  <Button disabled={n === 0} onClick={() => move(n, n - 1)} aria-label={`${words.up} ${n + 1}`}>↑</Button>
                  <Button disabled={n === fields.length - 1} onClick={() => move(n, n + 1)} aria-label={`${words.down} ${n + 1}`}>↓</Button>
                  <Button danger onClick={() => remove(name)} aria-label={`${words.remove} ${n + 1}`}>{common.remove}</Button>
                </>}
              </Flex>
            ))}
            {save.error ? <Form.Item><Fault fault={save.error} /></Form.Item> : null}
            {changes && <Flex gap="small"><Button onClick={() => add({ code: "", zh: "", en: "", for: null, allowanceMinutes: null })}>{words.add}</Button><Button type="primary" htmlType="submit" loading={save.isPending}>{common.save}</Button></Flex>}
          </>
        )}
      </Form.List>
    </Form>
  );
}
