import { PhoneOutlined, QuestionCircleOutlined, SettingOutlined } from "@ant-design/icons";
import { Alert, Badge, Button, Card, Flex, Popover, Segmented } from "antd";
import { useState } from "react";
import { isGuest, useOfCall } from "../api/ofCall";
import { useSession } from "../api/session";
import type { Line } from "../phone/machine";
import type { Kind, Own } from "../phone/wire";
import { instant } from "../parts/times";
import { useSpeech, useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";
import { useDial } from "./commands";
import { DeviceDialog } from "./DeviceDialog";
import { Directory } from "./Directory";
import { NumberDialog } from "./NumberDialog";
import { shortcuts, useShortcuts, withKey, type Shortcut } from "./shortcuts";
import { useStation, type Station } from "./standing";

/** By what the agent talks, whether it works, and whom to call. */
export function PhoneBar() {
  const { phone: words, talk } = useTexts();
  const station = useStation()!;
  const [devices, showDevices] = useState(false);
  const [dialling, dial] = useState(false);
  const [number, askNumber] = useState(false);
  const guest = isGuest(useSession().data);
  const about = station.desk.contact?.call ?? null; // for whom a guest calls
  const of = useOfCall(about);
  const call = useDial(station.expect, of);
  const kind = station.kind;
  const idle = station.part === null;
  useShortcuts(idle && (!guest || about) ? { dial: () => dial(true) } : {});
  return (
    <Card size="small" title={words.title} extra={<Keys />}>
      <Flex vertical gap="small" align="start">
        {!guest && <Segmented aria-label={words.title} disabled={!kind || !idle || station.choosing} value={kind ?? "phone"} onChange={(chosen) => (chosen === "number" ? askNumber(true) : station.choose(chosen))} options={kindsOf(station, words)} />}
        {kind === "number" ? <NumberState own={station.own} /> : <LineState line={station.line.line} kind={kind} registered={station.desk.station?.connected ?? false} />}
        <Flex gap="small" wrap>
          {kind === "number" && station.own?.allowsNumber && <Button icon={<SettingOutlined />} disabled={!idle} onClick={() => askNumber(true)}>{words.outsideChange}</Button>}
          {kind === "browser" && <Button icon={<SettingOutlined />} onClick={() => showDevices(true)}>{words.devices}</Button>}
          <Button icon={<PhoneOutlined />} aria-keyshortcuts="Alt+N" disabled={!idle || (guest && !about)} loading={call.isPending} onClick={() => dial(true)}>{talk.dial}</Button>
        </Flex>
      </Flex>
      {number && <NumberDialog close={() => askNumber(false)} />}
      {devices && <DeviceDialog close={() => showDevices(false)} />}
      <Directory of={of} open={dialling} close={() => dial(false)} title={talk.dial} acts={[{ name: talk.call, primary: true, forQueues: false, run: (to) => call.mutate(to) }]} />
    </Card>
  );
}

/** An outside number stands there where the firm allows it, and as long as it is the agent's phone. */
const kindsOf = ({ kind, own }: Station, words: Texts["phone"]): { value: Kind; label: string }[] => [
  { value: "browser", label: words.browser },
  { value: "phone", label: words.telephone },
  ...(own?.allowsNumber || kind === "number" ? [{ value: "number" as const, label: words.outside }] : []),
];

/** An outside number is always there, as far as anybody knows. */
function NumberState({ own }: { own: Own | undefined }) {
  const { phone: words } = useTexts();
  const allowed = own?.allowsNumber ?? true;
  return <span role="status"><Badge status={allowed ? "success" : "warning"} text={allowed ? `${words.outsideRings} ${own?.number ?? ""}` : words.outsideOff} /></span>;
}

function LineState({ line, kind, registered }: { line: Line; kind: Kind | undefined; registered: boolean }) {
  const { phone: words } = useTexts();
  const [status, text] = kind === "phone"
    ? registered ? ["success", words.registered] as const : ["default", words.notRegistered] as const
    : line.at === "up" ? line.mending ? ["warning", words.mending] as const : ["success", words.ready] as const
    : line.at === "opening" || line.at === "owning" ? ["processing", words.opening] as const
    : line.at === "resting" ? ["warning", words.mending] as const : ["default", words.notHere] as const;
  return <span role="status"><Badge status={status} text={text} /></span>;
}

/** Why there is no phone here, and what one can do about it. */
export function PhoneNotice() {
  const { texts, locale } = useSpeech();
  const station = useStation()!;
  const { line } = station.line;
  const told = noticeOf(line, texts, locale);
  if (!told) return null;
  return (
    <Alert
      className="search" type={told.type} showIcon role="alert" title={told.title} description={told.help}
      action={<Button type="primary" onClick={() => station.phone.happens({ is: "take" })}>{line.at === "mute" ? texts.app.retry : texts.phone.take}</Button>}
    />
  );
}

function noticeOf(line: Line, { phone: words }: Texts, locale: string): { type: "info" | "warning" | "error"; title: string; help: string } | null {
  switch (line.at) {
    case "waiting": return { type: "info", title: words.otherTab, help: words.otherTabHelp };
    case "elsewhere": return { type: "warning", title: words.otherBrowser, help: line.since ? `${words.since} ${instant(line.since, locale)}. ${words.otherBrowserHelp}` : words.otherBrowserHelp };
    case "mute": return { type: "error", title: words.noMicrophone, help: words.microphone[line.why] };
    default: return null;
  }
}

function Keys() {
  const { shortcuts: words } = useTexts();
  return (
    <Popover
      trigger="click" title={words.title}
      content={<dl className="keys">{(Object.keys(shortcuts) as Shortcut[]).map((one) => <div key={one}><dt><kbd>{`${withKey} + ${shortcuts[one]}`}</kbd></dt><dd>{words.acts[one]}</dd></div>)}</dl>}
    >
      <Button size="small" type="text" icon={<QuestionCircleOutlined />} aria-label={words.title} />
    </Popover>
  );
}
