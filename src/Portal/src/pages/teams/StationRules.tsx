import { Alert, Checkbox, Form, InputNumber, Modal, Radio } from "antd";
import { mayChange } from "../../app/pages";
import { ask, type Schema } from "../../api/client";
import { useSession } from "../../api/session";
import { useSheet } from "../../api/sheets";
import { Editor } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Rules = Schema<"StationRulesAnswer">;

const operation = "GET /api/v1/station-rules";

/** What becomes of calls whose agent is lost, and by what agents may talk. */
export function StationRules({ close }: { close: () => void }) {
  const { stationRules: words } = useTexts();
  const rules = useSheet(operation);
  if (rules.data) return <RulesEditor rules={rules.data} close={close} />;
  return rules.isError ? <Modal title={words.title} open onCancel={close} footer={null}><Fault fault={rules.error} retry={() => void rules.refetch()} /></Modal> : null;
}

function RulesEditor({ rules, close }: { rules: Rules; close: () => void }) {
  const { stationRules: words, agents: common } = useTexts();
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const [form] = Form.useForm<Rules>();
  const save = useWriting<Rules>(operation, (body) => ask("PUT /api/v1/station-rules", { body }), { done: common.saved, after: close });
  return (
    <Editor title={words.title} open form={form} initial={rules} fault={save.error} saving={save.isPending} save={save.mutate} close={close} reads={!changes}>
      <Form.Item><Alert type="info" showIcon title={words.help} /></Form.Item>
      <Form.Item name="graceSeconds" label={words.grace} extra={words.graceHelp} rules={[{ required: true, message: common.required }]}><InputNumber min={5} max={300} precision={0} /></Form.Item>
      <Form.Item name="whenAgentIsLost" label={words.then} extra={words.requeueHelp}><Radio.Group vertical options={[{ value: "end", label: words.end }, { value: "requeue", label: words.requeue }]} /></Form.Item>
      <Form.Item name="outsideNumbers" valuePropName="checked" extra={words.outsideHelp}><Checkbox>{words.outside}</Checkbox></Form.Item>
    </Editor>
  );
}
