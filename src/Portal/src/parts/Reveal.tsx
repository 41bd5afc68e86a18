import { EyeOutlined, PhoneOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Flex, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { ask, type Schema } from "../api/client";
import { useSession } from "../api/session";
import { mayReveal } from "../app/pages";
import { useStation } from "../desk/standing";
import { useTexts } from "../texts/texts";
import { Editor } from "./Editor";
import { faultText } from "./faults";
import { useNow } from "./times";

type Source = { call: string } | { voicemail: string };

/** A customer's number. Where it is masked, who has the right sees it for a minute, and says why. */
export function CustomerNumber({ number, of }: { number: string | null; of: Source }) {
  const texts = useTexts();
  const { data: me } = useSession();
  const [asking, ask_] = useState(false);
  const [shown, show] = useState<{ number: string | null; until: number } | null>(null);
  if (!number) return <>{texts.calls.withheld}</>;
  if (!number.includes("*")) return <span className="figures">{number}</span>;
  if (shown) return <Plain number={shown.number ?? texts.calls.withheld} until={shown.until} over={() => show(null)} />;
  return (
    <Flex gap={4} align="center">
      <span className="figures">{number}</span>
      {me && mayReveal(me.role) && <Button size="small" type="text" icon={<EyeOutlined />} aria-label={`${texts.reveal.button} ${number}`} onClick={() => ask_(true)}>{texts.reveal.button}</Button>}
      {asking && <Why of={of} close={() => ask_(false)} done={(seen) => { ask_(false); show({ number: seen.number, until: Date.now() + seen.hideAfter * 1000 }); }} />}
    </Flex>
  );
}

function Plain({ number, until, over }: { number: string; until: number; over: () => void }) {
  const words = useTexts().reveal;
  const left = Math.ceil((until - useNow()) / 1000);
  useEffect(() => {
    const timer = setTimeout(over, Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until, over]);
  return (
    <Flex gap={4} align="center">
      <strong className="figures">{number}</strong>
      <Button size="small" type="text" onClick={over}>{`${words.hide} (${Math.max(0, left)} s)`}</Button>
    </Flex>
  );
}

function Why({ of, close, done }: { of: Source; close: () => void; done: (seen: Schema<"Revealed">) => void }) {
  const words = useTexts().reveal;
  const [form] = Form.useForm<{ reason: string }>();
  const reveal = useMutation({
    mutationFn: ({ reason }: { reason: string }) => "call" in of
      ? ask("POST /api/v1/calls/{call}/reveal", { path: of, body: { reason: reason.trim() } })
      : ask("POST /api/v1/voicemails/{voicemail}/reveal", { path: of, body: { reason: reason.trim() } }),
    onSuccess: done,
  });
  return (
    <Editor title={words.title} open form={form} initial={{}} fault={reveal.error} saving={reveal.isPending} save={reveal.mutate} close={close} submit={words.submit}>
      <Form.Item name="reason" label={words.reason} extra={words.help} rules={[{ required: true, whitespace: true, min: 3, message: words.reasonNeeded }]}><Input maxLength={200} /></Form.Item>
    </Editor>
  );
}

/** Has one's own phone rung, and then the customer called, whose number need not be seen. */
export function CallBack({ of }: { of: Source }) {
  const texts = useTexts();
  const { data: me } = useSession();
  const station = useStation();
  const { message } = App.useApp();
  const call = useMutation({
    mutationFn: () => ask("POST /api/v1/calls", { body: "call" in of ? { customerOf: of.call } : { voicemail: of.voicemail } }),
    onSuccess: ({ id }) => {
      station?.expect(id);
      if (!station?.here) void message.success(texts.reveal.calling);
    },
    onError: (fault) => {
      const { message: title, detail } = faultText(fault, texts);
      void message.error(`${title} ${detail}`);
    },
  });
  if (!me?.agent) return null;
  return <Button size="small" icon={<PhoneOutlined />} loading={call.isPending} onClick={() => call.mutate()}>{texts.reveal.callBack}</Button>;
}
