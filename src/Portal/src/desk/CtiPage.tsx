import { Alert, Card, Form, Input, Select, Switch } from "antd";
import { ask, type Schema } from "../api/client";
import { SettingsPage, useSettings } from "../parts/settings";
import { useTexts } from "../texts/texts";

type Cti = Schema<"CtiAnswer">;
type Entry = Omit<Cti, "url"> & { url: string };

const operation = "GET /api/v1/cti";
const fields = ["caller", "call", "queue", "agent", "staffNumber", "customer", "firm", "visit"] as const;

/** How the firm's own CRM is opened with a call, and which of its pages hear what happens at a desk. */
export default function CtiPage() {
  const { cti: words } = useTexts();
  return <SettingsPage title={words.title} read={operation}>{(cti) => <Settings cti={cti} />}</SettingsPage>;
}

function Settings({ cti }: { cti: Cti }) {
  const { cti: words } = useTexts();
  const { given, foot } = useSettings<Entry>(operation, { ...cti, url: cti.url ?? "" }, (wanted) => ask("PUT /api/v1/cti", { body: { ...wanted, origins: wanted.origins ?? [] } }));
  return (
    <Card className="settings">
      <Alert className="search" type="info" showIcon title={words.help} />
      <Form<Entry> {...given}>
        <Form.Item name="url" label={words.url} extra={words.urlHelp}><Input.TextArea rows={2} maxLength={2000} inputMode="url" placeholder={words.urlExample} /></Form.Item>
        <dl className="fields">
          {fields.map((field) => <div key={field}><dt><code>{`{${field === "visit" ? words.visitField : field}}`}</code></dt><dd>{words.fieldTells[field]}</dd></div>)}
        </dl>
        <Form.Item name="opensItself" label={words.opensItself} extra={words.opensHelp} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="origins" label={words.origins} extra={words.originsHelp}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[" ", ","]} placeholder={words.originExample} /></Form.Item>
        {foot}
      </Form>
    </Card>
  );
}
