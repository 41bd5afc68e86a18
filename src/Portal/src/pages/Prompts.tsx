import { Alert, Button, Flex, Popconfirm, Tag } from "antd";
import { useState } from "react";
import { mayChange } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useAll, useParts } from "../api/lists";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { clock } from "../parts/times";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { PromptSpeaker } from "./prompts/PromptSpeaker";
import { PromptUpload } from "./prompts/PromptUpload";

type Prompt = Schema<"PromptAnswer">;

const list = "GET /api/v1/prompts";

/** What callers hear of the firm's own: uploaded or spoken, and where it is used. */
export default function Prompts() {
  const texts = useTexts();
  const words = texts.prompts;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const prompts = useParts<Prompt>(list);
  const voices = useAll<Schema<"Voice">>("GET /api/v1/voices", changes);
  const [uploaded, upload] = useState<Partial<Prompt> | null>(null);
  const [spoken, speak] = useState<Partial<Prompt> | null>(null);
  const remove = useWriting<string>(list, (prompt) => ask("DELETE /api/v1/prompts/{prompt}", { path: { prompt } }), { done: texts.agents.removed, tells: true });
  const mute = voices.data?.length === 0;
  const add = changes && <Flex gap="small" justify="center" wrap><Button onClick={() => speak({ language: voices.data?.[0]?.language ?? "zh-CN" })} disabled={mute}>{words.speak}</Button><Button type="primary" onClick={() => upload({})}>{words.upload}</Button></Flex>;
  const actions = (prompt: Prompt) => (
    <Flex gap="small">
      <Button size="small" onClick={() => upload(prompt)} aria-label={`${words.replace} ${prompt.name}`}>{words.replace}</Button>
      <Button size="small" disabled={mute} onClick={() => speak(prompt)} aria-label={`${words.speakAnew} ${prompt.name}`}>{words.speakAnew}</Button>
      <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(prompt.id)}><Button size="small" danger aria-label={`${texts.agents.remove} ${prompt.name}`}>{texts.agents.remove}</Button></Popconfirm>
    </Flex>
  );
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {mute && <Alert type="info" showIcon title={words.mute} className="search" />}
      {prompts.isError ? <Fault fault={prompts.error} retry={() => void prompts.refetch()} /> : (
        <Grid<Prompt>
          name={words.title} rowKey="id" parts={prompts}
          locale={{ emptyText: prompts.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name" },
            { title: texts.queues.id, dataIndex: "id" },
            { title: words.source, key: "source", render: (_, prompt) => (prompt.text === null ? words.fromFile : words.fromText) },
            { title: words.length, dataIndex: "durationMs", align: "right", render: (ms: number) => clock(ms) },
            { title: words.usedBy, key: "usedBy", render: (_, prompt) => (prompt.usedBy.length === 0 ? words.unused : <Flex gap={4} wrap>{prompt.usedBy.map((use) => <Tag key={use.kind + use.id}>{`${words.users[use.kind]} ${use.name}`}</Tag>)}</Flex>) },
            { title: words.listen, key: "listen", render: (_, prompt) => <audio controls preload="none" className="listen" aria-label={`${words.listen} ${prompt.name}`} src={`/api/v1/prompts/${prompt.id}/audio?${prompt.sound}`} /> },
            ...(changes ? [{ key: "actions", render: (_: unknown, prompt: Prompt) => actions(prompt) }] : []),
          ]}
        />
      )}
      {uploaded && <PromptUpload prompt={uploaded} close={() => upload(null)} />}
      {spoken && <PromptSpeaker prompt={spoken} voices={voices.data?.map((voice) => voice.language) ?? []} close={() => speak(null)} />}
    </>
  );
}
