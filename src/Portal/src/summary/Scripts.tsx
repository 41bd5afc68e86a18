import { Button, Flex, Form, Input, Popconfirm, Select, Skeleton } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../api/client";
import { useAll, useQueues } from "../api/lists";
import { asSheet } from "../api/sheets";
import { Fault } from "../parts/faults";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { steps, type Step } from "./Script";

type Card = Schema<"ScriptAnswer">;
const kind = "GET /api/v1/scripts", byDefault = "default";

/** The cards: one for each queue that has its own, and the one for all others. */
export function Scripts() {
  const words = useTexts().scripts;
  const [chosen, choose] = useState(byDefault);
  const queues = useQueues();
  const cards = useAll<Card>(kind, true, asSheet);
  const card = cards.data?.find((one) => one.id === chosen);
  return (
    <Flex vertical gap="middle">
      <div className="labelled">
        <label htmlFor="script-of">{words.of}</label>
        <Select id="script-of" value={chosen} onChange={choose} options={[{ value: byDefault, label: words.byDefault }, ...(queues.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
      </div>
      {cards.data ? <Sheet key={chosen} id={chosen} card={card} /> : cards.isError ? <Fault fault={cards.error} retry={() => void cards.refetch()} /> : <Skeleton active />}
    </Flex>
  );
}

function Sheet({ id, card }: { id: string; card: Card | undefined }) {
  const { scripts: words, agents } = useTexts();
  const [form] = Form.useForm<Record<Step, string>>();
  const save = useWriting<Record<Step, string>>(kind, (entry) => ask("PUT /api/v1/scripts/{script}", { path: { script: id }, body: { steps: steps.filter((step) => entry[step]?.trim()).map((step) => ({ step, text: entry[step] })) } }), { done: agents.saved });
  const remove = useWriting<void>(kind, () => ask("DELETE /api/v1/scripts/{script}", { path: { script: id } }), { done: agents.removed, tells: true, after: () => form.setFieldsValue(Object.fromEntries(steps.map((step) => [step, ""]))) });
  return (
    <Form form={form} layout="vertical" initialValues={Object.fromEntries(card?.steps.map(({ step, text }) => [step, text]) ?? [])} onFinish={save.mutate}>
      {steps.map((step) => <Form.Item key={step} name={step} label={words.steps[step]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>)}
      {save.error && <Form.Item><Fault fault={save.error} /></Form.Item>}
      <Flex gap="small">
        <Button type="primary" htmlType="submit" loading={save.isPending}>{agents.save}</Button>
        {card && <Popconfirm title={words.removeSure} okText={agents.remove} onConfirm={() => remove.mutate()}><Button danger>{agents.remove}</Button></Popconfirm>}
      </Flex>
    </Form>
  );
}
