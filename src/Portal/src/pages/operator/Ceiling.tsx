import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Form, Input, InputNumber, Select, Spin, Switch } from "antd";
import { ask, type Schema } from "../../api/client";
import { useAll } from "../../api/lists";
import { asSheet } from "../../api/sheets";
import { Editor } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

const list = "GET /api/v1/operator/tenants/{tenant}/dialling";

interface Entry { allowed: string[]; international: boolean; channels: number | null; spendPerDay: number | null; currency: string; trunk: string | null; prices: Schema<"DialPrice">[] }

/** What a tenant may call at the most. */
export function Ceiling({ tenant, changes, close }: { tenant: Schema<"TenantAnswer">; changes: boolean; close: () => void }) {
  const { ceilings: words, agents, tenants } = useTexts();
  const [form] = Form.useForm<Entry>();
  const path = { tenant: tenant.id };
  const ceiling = useQuery({ queryKey: [list, tenant.id], queryFn: ({ signal }) => ask(list, { path, signal }), ...asSheet });
  const trunks = useAll<Schema<"TrunkAnswer">>("GET /api/v1/operator/trunks", changes);
  const save = useWriting<Entry>(list, ({ allowed, ...rest }) => ask("PUT /api/v1/operator/tenants/{tenant}/dialling", { path, body: { ...rest, channels: rest.channels ?? null, spendPerDay: rest.spendPerDay ?? null, trunk: rest.trunk ?? null, prices: rest.prices ?? [], rules: [...(ceiling.data?.rules.filter((rule) => !rule.allow) ?? []), ...allowed.map((match) => ({ match, allow: true }))] } }), { done: agents.saved, after: close });
  if (ceiling.isLoadingError) return <Fault fault={ceiling.error} />;
  if (!ceiling.data) return <Spin className="wait" />;
  const { rules, ...rest } = ceiling.data;
  const entry: Entry = { ...rest, allowed: rules.filter((rule) => rule.allow).map((rule) => rule.match) };
  return (
    <Editor title={`${words.title}: ${tenant.name}`} open form={form} initial={entry} fault={save.error} saving={save.isPending} save={changes ? save.mutate : close} close={close}>
      <Form.Item name="allowed" label={words.rules} extra={words.rulesHelp}><Select mode="tags" disabled={!changes} options={[{ value: "mobile", label: words.mobile }, { value: "landline", label: words.landline }]} /></Form.Item>
      <Form.Item name="international" label={words.international} valuePropName="checked"><Switch disabled={!changes} /></Form.Item>
      <Flex gap="middle" wrap>
        <Form.Item name="channels" label={words.channels}><InputNumber min={0} max={1_000_000} placeholder={tenants.noLimit} disabled={!changes} /></Form.Item>
        <Form.Item name="spendPerDay" label={words.spend}><InputNumber min={0} max={1_000_000_000} placeholder={tenants.noLimit} disabled={!changes} /></Form.Item>
        <Form.Item name="currency" label={words.currency}><Input maxLength={3} style={{ width: 80 }} disabled={!changes} /></Form.Item>
      </Flex>
      <Prices changes={changes} />
      <Form.Item name="trunk" label={words.trunk}><Select allowClear placeholder={words.anyTrunk} disabled={!changes} options={trunks.data?.filter((trunk) => trunk.outbound).map(({ id }) => ({ value: id, label: id }))} /></Form.Item>
    </Editor>
  );
}

/** What a minute costs, by class or beginning of the number: the first line that fits counts. */
function Prices({ changes }: { changes: boolean }) {
  const { ceilings: words, agents } = useTexts();
  return (
    <Form.Item label={words.prices} extra={words.pricesHelp}>
      <Form.List name="prices">
        {(rows, { add, remove }) => (
          <Flex vertical gap="small">
            {rows.map(({ key, name }) => (
              <Flex key={key} gap="small" wrap>
                <Form.Item name={[name, "match"]} noStyle rules={[{ required: true, whitespace: true, message: agents.required }]}><Input aria-label={`${words.priceOf} ${name + 1}`} placeholder={words.priceOf} maxLength={32} style={{ width: 200 }} disabled={!changes} /></Form.Item>
                <Form.Item name={[name, "perMinute"]} noStyle rules={[{ required: true, message: agents.required }]}><InputNumber aria-label={`${words.prices} ${name + 1}`} placeholder={words.prices} min={0} max={100_000} step={0.01} style={{ width: 140 }} disabled={!changes} /></Form.Item>
                {changes && <Button onClick={() => remove(name)} aria-label={`${agents.remove}: ${words.prices} ${name + 1}`}>{agents.remove}</Button>}
              </Flex>
            ))}
            {changes && <Button style={{ alignSelf: "start" }} onClick={() => add()}>{words.addPrice}</Button>}
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  );
}
