import { Form, Input, Progress } from "antd";
import { useState } from "react";
import type { Schema } from "../../api/client";
import { upload } from "../../api/upload";
import { Editor, idRule } from "../../parts/Editor";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

interface Entry { id: string; name: string; file: string }

/** Sends a WAV file as a prompt's sound, and shows how far it has come. */
export function PromptUpload({ prompt, close }: { prompt: Partial<Schema<"PromptAnswer">>; close: () => void }) {
  const { prompts: words, agents } = useTexts();
  const [form] = Form.useForm<Entry>();
  const [file, choose] = useState<File | null>(null);
  const [percent, progress] = useState<number | null>(null);
  const save = useWriting<Entry>("GET /api/v1/prompts", async ({ id, name }) => {
    if (!file) return;
    try {
      await upload(`/api/v1/prompts/${encodeURIComponent(prompt.id ?? id)}/audio?name=${encodeURIComponent(name)}`, file, "audio/wav", progress);
    } finally {
      progress(null);
    }
  }, { done: agents.saved, after: close });
  const needed = [{ required: true, message: agents.required }];
  return (
    <Editor title={prompt.id ? words.replace : words.upload} open form={form} initial={prompt} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!prompt.id && <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="file" label={words.file} extra={words.fileHelp} rules={needed}><Input type="file" accept=".wav,audio/wav" onChange={(event) => choose(event.target.files?.[0] ?? null)} /></Form.Item>
      {percent !== null && <Progress percent={percent} aria-label={words.progress} />}
    </Editor>
  );
}
