import { Form, Input, Select } from "antd";
import { ask, type Schema } from "../../api/client";
import { Editor, idRule } from "../../parts/Editor";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Prompt = Schema<"PromptAnswer">;
interface Entry { id: string; name: string; language: string; text: string }

const longest = 1000;

/** Has a text spoken as a prompt's sound. */
export function PromptSpeaker({ prompt, voices, close }: { prompt: Partial<Prompt>; voices: string[]; close: () => void }) {
  const { prompts: words, agents, languages } = useTexts();
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>("GET /api/v1/prompts", ({ id, ...body }) => ask("PUT /api/v1/prompts/{prompt}", { path: { prompt: prompt.id ?? id }, body }), { done: agents.saved, after: close });
  const needed = [{ required: true, message: agents.required }];
  return (
    <Editor title={prompt.id ? words.speakAnew : words.speak} open form={form} initial={{ ...prompt, text: prompt.text ?? "" }} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!prompt.id && <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="language" label={words.language} rules={needed}><Select options={voices.map((voice) => ({ value: voice, label: (languages as Record<string, string>)[voice] ?? voice }))} /></Form.Item>
      <Form.Item name="text" label={words.text} extra={words.textHelp} rules={needed}><Input.TextArea rows={4} maxLength={longest} showCount /></Form.Item>
    </Editor>
  );
}
