import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Form, Input, Select, Skeleton, Switch } from "antd";
import { ask, type Schema } from "../api/client";
import { Fault } from "../parts/faults";
import { Head } from "../parts/Head";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";

type Cti = Schema<"CtiAnswer">;
type Entry = Omit<Cti, "url"> & { url: string };

const operation = "GET /api/v1/cti";
const fields = ["caller", "call", "queue", "agent", "staffNumber", "customer", "firm", "visit"] as const;

/** How the firm's own CRM is opened with a call, and which of its pages hear what happens at a desk. */
export default function CtiPage() {
  const { cti: words } = useTexts();
  const cti = useQuery({ queryKey: [operation], queryFn: ({ signal }) => ask(operation, { signal }) });
  return (
    <>
      <Head title={words.title} />
      {cti.isError ? <Fault fault={cti.error} retry={() => void cti.refetch()} /> : cti.data ? <Settings key={JSON.stringify(cti.data)} cti={cti.data} /> : <Skeleton active />}
    </>
  );
}

function Settings({ cti }: { cti: Cti }) {
  const { cti: words, agents } = useTexts();
  const save = useWriting<Entry>(operation, (wanted) => ask("PUT /api/v1/cti", { body: { ...wanted, origins: wanted.origins ?? [] } }), { done: agents.saved });
  return (
    <Card className="settings">
      <Alert className="search" type="info" showIcon title={words.help} />
      <Form<Entry> layout="vertical" initialValues={{ ...cti, url: cti.url ?? "" }} onFinish={save.mutate}>
        <Form.Item name="url" label={words.url} extra={words.urlHelp}><Input.TextArea rows={2} maxLength={2000} inputMode="url" placeholder={words.urlExample} /></Form.Item>
        <dl className="fields">
          {fields.map((field) => <div key={field}><dt><code>{`{${field === "visit" ? words.visitField : field}}`}</code></dt><dd>{words.fieldTells[field]}</dd></div>)}
        </dl>
        <Form.Item name="opensItself" label={words.opensItself} extra={words.opensHelp} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="origins" label={words.origins} extra={words.originsHelp}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[" ", ","]} placeholder={words.originExample} /></Form.Item>
        {save.isError && <Form.Item><Fault fault={save.error} /></Form.Item>}
        <Button type="primary" htmlType="submit" loading={save.isPending}>{agents.save}</Button>
      </Form>
    </Card>
  );
}
