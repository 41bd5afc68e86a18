import { Button, Flex, Input, Select } from "antd";
import { usePromptChoices } from "../../api/prompts";
import { useSpeech } from "../../texts/texts";
import type { Played } from "./model";

const longest = 1000, most = 20;

/** What is played, one after the other: prompts by name, or texts that are spoken. */
export function PromptRow({ name, played, changes, change }: { name: string; played: Played[]; changes: boolean; change: (played: Played[]) => void }) {
  const { texts: { flows: words, agents }, locale } = useSpeech();
  const choices = usePromptChoices(words.ownPrompts, words.shippedPrompts);
  const set = (n: number, one: Played) => change(played.map((old, at) => (at === n ? one : old)));
  const language = locale === "zh-CN" ? locale : "en";
  return (
    <fieldset className="group" disabled={!changes}>
      <legend>{name}</legend>
      {played.map((one, n) => (
        <Flex key={n} gap="small" className="played" align="start">
          {one.text === undefined
            ? <Select className="wide" aria-label={`${name} ${n + 1}`} showSearch optionFilterProp="label" disabled={!changes} value={one.id || null} placeholder={words.choosePrompt} options={choices} onChange={(id: string) => set(n, { ...one, id })} />
            : <Input.TextArea className="wide" aria-label={`${name} ${n + 1}`} rows={2} maxLength={longest} placeholder={words.textToSpeak} value={one.text} onChange={(event) => set(n, { language, ...one, text: event.target.value })} />}
          {changes && <Button danger onClick={() => change(played.filter((_, at) => at !== n))} aria-label={`${agents.remove} ${name} ${n + 1}`}>{agents.remove}</Button>}
        </Flex>
      ))}
      {played.length === 0 && <p className="hint">{words.noPrompts}</p>}
      {changes && played.length < most && (
        <Flex gap="small">
          <Button size="small" onClick={() => change([...played, { id: "" }])} aria-label={`${words.addPrompt} ${name}`}>{words.addPrompt}</Button>
          <Button size="small" onClick={() => change([...played, { text: "", language }])} aria-label={`${words.addText} ${name}`}>{words.addText}</Button>
        </Flex>
      )}
    </fieldset>
  );
}
