import { Alert, Button, Flex, Popconfirm, Segmented, Select } from "antd";
import { useTexts } from "../texts/texts";
import { modes, type Listening, type Mode } from "./useListening";

/** Whom one listens to at this moment, how, and what can be done about it. */
export function ListenBar({ listening, name }: { listening: Listening; name: (agent: string) => string }) {
  const { listening: words } = useTexts();
  if (!listening.now) return null;
  return (
    <Alert
      type="info" showIcon className="listen" role="status"
      title={`${words.to} ${name(listening.now.to)}`}
      description={words.help[listening.now.mode]}
      action={
        <Flex gap="small" wrap align="center">
          <Segmented<Mode> aria-label={words.mode} value={listening.now.mode} onChange={listening.change} options={modes.map((mode) => ({ value: mode, label: words[mode] }))} />
          <Popconfirm title={words.takeOverSure} okText={words.takeOver} onConfirm={listening.takeOver}><Button loading={listening.busy}>{words.takeOver}</Button></Popconfirm>
          <Button danger onClick={listening.leave}>{words.leave}</Button>
        </Flex>
      }
    />
  );
}

/** For who is no agent: by whose phone to listen. */
export function ListenPhone({ listening, agents }: { listening: Listening; agents: { id: string; name: string; extension: string }[] }) {
  const { listening: words } = useTexts();
  if (!listening.choose) return null;
  return (
    <Select
      aria-label={words.phone} placeholder={words.phone} showSearch={{ optionFilterProp: "label" }} style={{ minWidth: 220 }} value={listening.phone ?? null} onChange={listening.choose}
      options={agents.map((agent) => ({ value: agent.id, label: `${words.by} ${agent.extension} · ${agent.name}` }))}
    />
  );
}
