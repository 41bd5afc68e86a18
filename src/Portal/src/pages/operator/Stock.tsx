import { Button, Form, Input, Popconfirm, Select, Switch, Flex } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useAll, useParts } from "../../api/lists";
import { Editor } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { Teach } from "../../parts/Teach";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

type Numbered = Schema<"StockNumber">;
interface Entry { number: string; id?: string; tenant: string; mayCallOut: boolean }

const list = "GET /api/v1/operator/numbers";

/** The stock of numbers, and whose each is. */
export default function Stock() {
  const texts = useTexts();
  const words = texts.stock;
  const numbers = useParts<Numbered>(list);
  const tenants = useAll<Schema<"TenantAnswer">>("GET /api/v1/operator/tenants");
  const name = new Map(tenants.data?.map((tenant) => [tenant.id, tenant.name]));
  const [edited, edit] = useState<Partial<Entry> | null>(null);
  const take = useWriting<string>(list, (number) => ask("DELETE /api/v1/operator/numbers/{number}", { path: { number } }), { done: words.gone, tells: true });
  const add = <Button type="primary" onClick={() => edit({ mayCallOut: false })}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {numbers.isError ? <Fault fault={numbers.error} retry={() => void numbers.refetch()} /> : (
        <Grid<Numbered>
          name={words.title} rowKey="id" parts={numbers}
          locale={{ emptyText: numbers.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.number, dataIndex: "display" },
            { title: words.tenant, dataIndex: "tenant", render: (id: string) => name.get(id) ?? id },
            { title: words.flow, dataIndex: "flow", render: (flow: string | null) => flow ?? texts.numbers.noFlow },
            { title: words.callOut, dataIndex: "mayCallOut", render: (may: boolean) => (may ? texts.queues.yes : texts.queues.no) },
            {
              key: "do",
              render: (_, number) => (
                <Flex gap="small">
                  <Button size="small" onClick={() => edit({ ...number, number: number.display })}>{words.give}</Button>
                  <Popconfirm title={words.takeBackSure} okText={words.takeBack} onConfirm={() => take.mutate(number.id)}><Button size="small" danger>{words.takeBack}</Button></Popconfirm>
                </Flex>
              ),
            },
          ]}
        />
      )}
      {edited && <NumberEditor entry={edited} tenants={tenants.data ?? []} close={() => edit(null)} />}
    </>
  );
}

function NumberEditor({ entry, tenants, close }: { entry: Partial<Entry>; tenants: Schema<"TenantAnswer">[]; close: () => void }) {
  const { stock: words, agents } = useTexts();
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>(list, ({ number, tenant, mayCallOut }) => ask("PUT /api/v1/operator/numbers/{number}", { path: { number: entry.id ?? number.trim() }, body: { tenant, mayCallOut } }), { done: agents.saved, after: close });
  return (
    <Editor title={entry.id ? words.edit : words.add} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      {!entry.id && <Form.Item name="number" label={words.number} extra={words.numberHelp} rules={[{ required: true, message: agents.required }]}><Input maxLength={40} /></Form.Item>}
      <Form.Item name="tenant" label={words.tenant} rules={[{ required: true, message: agents.required }]}>
        <Select showSearch={{ optionFilterProp: "label" }} placeholder={words.choose} options={tenants.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))} />
      </Form.Item>
      <Form.Item name="mayCallOut" label={words.callOut} valuePropName="checked"><Switch /></Form.Item>
    </Editor>
  );
}
