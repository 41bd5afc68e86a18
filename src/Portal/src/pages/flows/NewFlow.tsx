import { Form, Input, Select } from "antd";
import { ask, type Schema } from "../../api/client";
import { useAll, useQueues } from "../../api/lists";
import { Editor, idRule } from "../../parts/Editor";
import { useWriting } from "../../parts/useWriting";
import { useSpeech } from "../../texts/texts";
import { teaching } from "./template";

interface Entry { id: string; name: string; queue: string; hours?: string }

/** A flow that works at once: its steps show how one is made. */
export function NewFlow({ close }: { close: (made?: string) => void }) {
  const { texts: { flows: words, agents }, locale } = useSpeech();
  const [form] = Form.useForm<Entry>();
  const queues = useQueues();
  const hours = useAll<Schema<"HoursSummary">>("GET /api/v1/hours");
  const save = useWriting<Entry>("GET /api/v1/flows", ({ id, name, queue, hours: open }) => ask("PUT /api/v1/flows/{flow}", {
    path: { flow: id }, version: 0, body: { name, definition: teaching({ queue, hours: open, menu: words.menuText, language: locale === "zh-CN" ? locale : "en" }) },
  }), { done: agents.saved, after: () => close(form.getFieldValue("id") as string) });
  const needed = [{ required: true, message: agents.required }];
  return (
    <Editor title={words.add} open form={form} initial={{}} fault={save.error} saving={save.isPending} save={save.mutate} close={() => close()}>
      <p className="hint">{words.templateHelp}</p>
      <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input /></Form.Item>
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="queue" label={words.toQueue} rules={needed} extra={queues.data?.length === 0 ? words.queueFirst : undefined}><Select showSearch optionFilterProp="label" loading={queues.isPending} options={queues.data?.map((queue) => ({ value: queue.id, label: queue.name }))} /></Form.Item>
      <Form.Item name="hours" label={words.byHours} extra={words.byHoursHelp}><Select allowClear loading={hours.isPending} options={hours.data?.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
    </Editor>
  );
}
