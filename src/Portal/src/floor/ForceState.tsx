import { Form, Segmented } from "antd";
import { ask } from "../api/client";
import type { AgentLive } from "../live/useLive";
import { Editor } from "../parts/Editor";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { ReasonField } from "./ReasonField";

type Presence = AgentLive["presence"];
interface Entry { presence: Presence; reason?: string }

export const presences: readonly Presence[] = ["available", "notReady", "break", "signedOut"];
export const wantsReason = (presence?: Presence) => presence === "notReady" || presence === "break";

/** A supervisor decides what an agent's state is. */
export function ForceState({ agent, name, inUse, close }: { agent: AgentLive; name: string; inUse: string[]; close: () => void }) {
  const texts = useTexts();
  const words = texts.force;
  const [form] = Form.useForm<Entry>();
  const presence = Form.useWatch("presence", form);
  const save = useWriting<Entry>("GET /api/v1/agents", (entry) => ask("PUT /api/v1/agents/{agent}/presence", { path: { agent: agent.agent }, body: { presence: entry.presence, reason: wantsReason(entry.presence) ? entry.reason?.trim() ?? null : null } }), { done: words.done, after: close });
  return (
    <Editor title={`${words.title} ${name}`} open form={form} initial={{ presence: agent.presence }} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      <Form.Item name="presence" label={words.presence}>
        <Segmented options={presences.map((one) => ({ value: one, label: texts.states[one] }))} />
      </Form.Item>
      {presence && wantsReason(presence) && <ReasonField presence={presence} more={inUse} />}
    </Editor>
  );
}
