import { useQuery } from "@tanstack/react-query";
import { Form, Input, InputNumber, Modal, Select, Skeleton, Switch, Typography } from "antd";
import { ask, type Schema } from "../../api/client";
import { asSheet } from "../../api/sheets";
import { Editor } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Settings = Schema<"WebCallAnswer">;

const most = 500;

/** Whether visitors of web pages may call a number, and what stands in those pages. */
export function WebCalls({ number, close }: { number: Schema<"NumberAnswer">; close: () => void }) {
  const texts = useTexts();
  const settings = useQuery({ queryKey: ["webcall", number.id], queryFn: ({ signal }) => ask("GET /api/v1/numbers/{number}/webcall", { path: { number: number.id }, signal }), ...asSheet });
  const title = `${texts.webCalls.title} · ${number.display}`;
  if (settings.data) return <Filled number={number} settings={settings.data} title={title} close={close} />;
  return <Modal title={title} open onCancel={close} footer={null}>{settings.isError ? <Fault fault={settings.error} retry={() => void settings.refetch()} /> : <Skeleton active />}</Modal>;
}

function Filled({ number, settings, title, close }: { number: Schema<"NumberAnswer">; settings: Settings; title: string; close: () => void }) {
  const texts = useTexts();
  const words = texts.webCalls;
  const [form] = Form.useForm<Settings>();
  const save = useWriting<Settings>("GET /api/v1/numbers", (wanted) => ask("PUT /api/v1/numbers/{number}/webcall", { path: { number: number.id }, body: { ...wanted, consent: wanted.consent || null } }), { done: texts.agents.saved, after: close });
  const dialled = number.display.replace(/[^0-9+]/g, "");
  return (
    <Editor<Settings> title={title} open form={form} initial={settings} fault={save.error} saving={save.isPending} save={(wanted) => save.mutate(wanted)} close={close} width={640}>
      <Form.Item name="enabled" label={words.enabled} valuePropName="checked"><Switch /></Form.Item>
      <Form.Item name="origins" label={words.origins} help={words.originsHelp}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[" ", ","]} /></Form.Item>
      <Form.Item name="consent" label={words.consent} extra={words.consentHelp}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} /></Form.Item>
      <Form.Item name="limit" label={words.limit}><InputNumber min={1} max={most} /></Form.Item>
      <Form.Item name="perAddress" label={words.perAddress}><InputNumber min={1} max={most} /></Form.Item>
      <Typography.Title level={5}>{words.page}</Typography.Title>
      <Typography.Paragraph copyable={{ tooltips: false }} code>{`${location.origin}/call/${dialled}`}</Typography.Paragraph>
      <Typography.Title level={5}>{words.tag}</Typography.Title>
      <Typography.Paragraph type="secondary">{words.tagHelp}</Typography.Paragraph>
      <Typography.Paragraph copyable={{ tooltips: false }} code>{`<script src="${location.origin}/webcall.js" data-number="${dialled}" data-order="" async></script>`}</Typography.Paragraph>
    </Editor>
  );
}
