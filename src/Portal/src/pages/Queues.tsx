import { Button, Form, Input, InputNumber, Popconfirm, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { mayChange } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { usePromptChoices } from "../api/prompts";
import { useSession } from "../api/session";
import { SkillRows } from "../floor/SkillRows";
import { Editor, idRule } from "../parts/Editor";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";

type Queue = Schema<"QueueAnswer">;
type Entry = Pick<Queue, "id" | "name" | "ringSeconds" | "recording" | "announceEverySeconds" | "music" | "endsWhenAgentLost" | "skills" | "whisper" | "whisperPrompt" | "announcesStaffNumber">;

const list = "GET /api/v1/queues";
const fresh: Partial<Entry> = { ringSeconds: 15, recording: true, announceEverySeconds: 0, music: "music", endsWhenAgentLost: false, skills: [], whisper: "off", announcesStaffNumber: false };

export default function Queues() {
  const texts = useTexts();
  const words = texts.queues;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const queues = useParts<Queue>(list);
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const remove = useWriting<string>(list, (queue) => ask("DELETE /api/v1/queues/{queue}", { path: { queue } }), { done: texts.agents.removed, tells: true });
  const add = changes && <Button type="primary" onClick={() => edit(fresh)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {queues.isError ? <Fault fault={queues.error} retry={() => void queues.refetch()} /> : (
        <Grid<Queue>
          name={words.title} rowKey="id" parts={queues}
          locale={{ emptyText: queues.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, queue) => (changes ? <Button type="link" size="small" onClick={() => edit(queue)}>{text}</Button> : text) },
            { title: words.id, dataIndex: "id" },
            { title: words.ring, dataIndex: "ringSeconds", align: "right" },
            { title: words.recording, dataIndex: "recording", render: (records: boolean) => (records ? words.yes : words.no) },
            { title: words.announce, dataIndex: "announceEverySeconds", align: "right" },
            ...(changes ? [{ key: "remove", render: (_: unknown, queue: Queue) => <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(queue.id)}><Button size="small" danger>{texts.agents.remove}</Button></Popconfirm> }] : []),
          ]}
        />
      )}
      {edited && <QueueEditor entry={edited} close={() => edit(null)} />}
    </>
  );
}

function QueueEditor({ entry, close }: { entry: Partial<Entry>; close: () => void }) {
  const { queues: words, queueParts: parts, flows, agents, skills } = useTexts();
  const music = usePromptChoices(flows.ownPrompts, flows.shippedPrompts);
  const [form] = Form.useForm<Entry>();
  const whisper = Form.useWatch("whisper", form) ?? entry.whisper;
  const save = useWriting<Entry>(list, ({ id, ...body }) => ask("PUT /api/v1/queues/{queue}", { path: { queue: entry.id ?? id }, body: { ...body, skills: body.skills ?? [] } }), { done: agents.saved, after: close });
  const needed = [{ required: true, message: agents.required }];
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!entry.id && <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <fieldset className="group">
        <legend>{parts.offering}</legend>
        <Form.Item name="ringSeconds" label={words.ring} extra={parts.ringHelp} rules={needed}><InputNumber min={1} max={300} suffix={parts.seconds} /></Form.Item>
      </fieldset>
      <SkillRows title={skills.needs} help={skills.needsHelp} />
      <fieldset className="group">
        <legend>{parts.waiting}</legend>
        <Form.Item name="music" label={parts.music} extra={parts.musicHelp} rules={needed}><Select showSearch optionFilterProp="label" options={music} /></Form.Item>
        <Form.Item name="announceEverySeconds" label={words.announce} extra={parts.announceHelp} rules={needed}><InputNumber min={0} max={3600} suffix={parts.seconds} /></Form.Item>
      </fieldset>
      <fieldset className="group">
        <legend>{parts.intro}</legend>
        <Form.Item name="whisper" label={parts.whisper} extra={parts.whisperHelp}><Radio.Group options={(["off", "name", "prompt"] as const).map((value) => ({ value, label: parts.whispers[value] }))} /></Form.Item>
        {whisper === "prompt" && <Form.Item name="whisperPrompt" label={parts.whisperPrompt} rules={needed}><Select showSearch optionFilterProp="label" options={music} /></Form.Item>}
        <Form.Item name="announcesStaffNumber" label={parts.announcesStaffNumber} extra={parts.announcesHelp} valuePropName="checked"><Switch /></Form.Item>
      </fieldset>
      <fieldset className="group">
        <legend>{parts.recording}</legend>
        <Form.Item name="recording" label={words.recording} extra={parts.recordingHelp} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="endsWhenAgentLost" label={parts.endsWhenAgentLost} extra={parts.endsHelp} valuePropName="checked"><Switch /></Form.Item>
      </fieldset>
    </Editor>
  );
}
