import { useQuery } from "@tanstack/react-query";
import { App, Button, Checkbox, Flex, Modal, Select } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { choosesOutput, listDevices, type Devices } from "../phone/devices";
import { Meter } from "../phone/Meter";
import { useReturn } from "../parts/useReturn";
import { Bell } from "../phone/ring";
import { useTexts } from "../texts/texts";
import { mayNotify } from "./notice";
import { useComplaint } from "./complaint";
import { useStation } from "./standing";

const ringFor = 1_500; // ms

/** Which microphone and loudspeaker, how loud both are, and whether one is heard. */
export function DeviceDialog({ close }: { close: () => void }) {
  const { phone: words } = useTexts();
  const { phone, line, part } = useStation()!;
  const { devices } = line;
  useReturn();
  const found = useQuery({ queryKey: ["devices", line.speaks?.id], queryFn: listDevices, staleTime: 0 });
  const choose = (change: Partial<Devices>) => void phone.choose({ ...devices, ...change });
  const options = (of: MediaDeviceInfo[] | undefined) => [{ value: "", label: words.standard }, ...(of ?? []).map((one) => ({ value: one.deviceId, label: one.label || one.deviceId.slice(0, 8) }))];
  return (
    <Modal title={words.devices} open onCancel={close} footer={null}>
      <Flex vertical gap="middle">
        <Labelled label={words.microphoneIs} id="microphone"><Select id="microphone" value={devices.microphone} options={options(found.data?.inputs)} onChange={(microphone) => choose({ microphone })} /></Labelled>
        <Meter of={line.speaks} label={words.spoken} muted />
        {choosesOutput && <Labelled label={words.speaker} id="speaker"><Select id="speaker" value={devices.speaker} options={options(found.data?.outputs)} onChange={(speaker) => choose({ speaker })} /></Labelled>}
        <Meter of={line.hears} label={words.heard} />
        {choosesOutput && <Labelled label={words.ringer} id="ringer"><Select id="ringer" value={devices.ringer} options={options(found.data?.outputs)} onChange={(ringer) => choose({ ringer })} /></Labelled>}
        <Checkbox checked={devices.processing} onChange={(event) => choose({ processing: event.target.checked })}>{words.processing}</Checkbox>
        <Flex gap="small" wrap>
          <Echo disabled={line.line.at !== "up" || part !== null} />
          <Ring device={devices.ringer} />
          <Notify />
        </Flex>
      </Flex>
    </Modal>
  );
}

function Labelled({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return <div className="labelled"><label htmlFor={id}>{label}</label>{children}</div>;
}

/** One hears oneself, by way of the server: microphone, network and loudspeaker work. */
function Echo({ disabled }: { disabled: boolean }) {
  const { phone: words } = useTexts();
  const { phone } = useStation()!;
  const complain = useComplaint();
  const [on, turn] = useState(false);
  const ends = useRef(() => {});
  ends.current = () => { if (on) void phone.echo(false).catch(() => {}); };
  useEffect(() => () => ends.current(), []);
  const toggle = () => void phone.echo(!on).then(() => turn(!on), complain);
  return <Button disabled={disabled} type={on ? "primary" : "default"} aria-pressed={on} onClick={toggle}>{on ? words.echoStop : words.echo}</Button>;
}

function Ring({ device }: { device: string }) {
  const { phone: words } = useTexts();
  const bell = useRef<Bell>(null);
  useEffect(() => () => bell.current?.stop(), []);
  const ring = () => {
    const now = bell.current ??= new Bell();
    now.start(device);
    setTimeout(() => now.stop(), ringFor);
  };
  return <Button onClick={ring}>{words.tryRing}</Button>;
}

function Notify() {
  const { phone: words } = useTexts();
  const { message } = App.useApp();
  const [may, set] = useState(mayNotify);
  if (may || !("Notification" in window)) return null;
  const askThem = () => void Notification.requestPermission().then((answer) => {
    set(answer === "granted");
    if (answer !== "granted") void message.info(words.notNotified);
  });
  return <Button onClick={askThem}>{words.notify}</Button>;
}
