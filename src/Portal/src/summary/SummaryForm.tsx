import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Form, Input, Select, Skeleton } from "antd";
import { ask, Problem } from "../api/client";
import { useOfCall } from "../api/ofCall";
import { Fault } from "../parts/faults";
import { saidOf } from "../parts/said";
import { State } from "../parts/State";
import { useSpeech } from "../texts/texts";
import { between, bodyOf, leaves, mandatoryOf, pathOf, placeOf, wordsOf, type Summary, type Types, type Words } from "./model";
import { useDraft, type Saving } from "./useDraft";

const looks = 8, pause = 400; // a call that rings stands in the records a moment later
export const missingKey = "GET /api/v1/me/summaries/missing";

/** What an agent writes down of a call: a draft that saves itself, and then the summary. After a transfer it begins with what the agent before has written. */
export function SummaryForm({ call, done }: { call: string; done?: () => void }) {
  const { texts } = useSpeech();
  const summary = useQuery({
    queryKey: ["GET /api/v1/calls/{call}/summary", call], gcTime: 0, staleTime: Infinity,
    queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/summary", { path: { call }, signal }),
    retry: (times, fault) => fault instanceof Problem && fault.status === 404 && times < looks,
    retryDelay: pause,
  });
  const version = summary.data?.typesVersion;
  const of = useOfCall(call);
  const types = useQuery({
    queryKey: ["GET /api/v1/call-types", version, of], enabled: version !== undefined, staleTime: Infinity,
    queryFn: ({ signal }) => ask("GET /api/v1/call-types", { query: { ...of, version: version ? String(version) : undefined }, signal }),
  });
  const fault = summary.error ?? types.error;
  return (
    <Card size="small" title={texts.summary.title}>
      {fault ? <Fault fault={fault} retry={() => void (summary.isError ? summary : types).refetch()} /> : summary.data && types.data
        ? <Sheet key={`${call} ${summary.data.agent}`} call={call} summary={summary.data} types={types.data} {...(done ? { done } : {})} />
        : <Skeleton active />}
    </Card>
  );
}

function Sheet({ call, summary, types, done }: { call: string; summary: Summary; types: Types; done?: () => void }) {
  const { texts } = useSpeech();
  const words = texts.summary;
  const client = useQueryClient();
  const [form] = Form.useForm<Words>();
  const now = () => form.getFieldsValue(true) as Words;
  const { saving, touch, settle } = useDraft(call, types.version, now);
  const finish = useMutation({
    mutationFn: (entry: Words) => ask("PUT /api/v1/calls/{call}/summary", { path: { call }, body: bodyOf(entry, types.version, true) }),
    onSuccess: () => {
      settle();
      void client.invalidateQueries({ queryKey: [missingKey] });
      void client.invalidateQueries({ queryKey: ["summaries", call] });
      done?.();
    },
    onError: (fault, entry) => {
      if (!(fault instanceof Problem)) return;
      const sent = bodyOf(entry, types.version, true).fields;
      form.setFields(Object.entries(saidOf(fault.fields, texts)).map(([name, errors]) => ({ name: placeOf(name, sent) as never, errors })));
    },
  });
  const isFinal = summary.final || finish.isSuccess;
  const chosen = Form.useWatch("callType", form);
  const mandatory = mandatoryOf(types.types, chosen);
  const rule = (field: string) => (mandatory.has(field) ? [{ required: true, whitespace: true, message: texts.agents.required }] : []);
  return (
    <Form<Words> form={form} layout="vertical" initialValues={wordsOf(summary)} onValuesChange={() => { if (!isFinal) touch(); }} onFinish={finish.mutate}>
      {summary.from && <Alert type="info" showIcon title={`${words.from} ${summary.from}`} className="search" />}
      {types.types.length > 0 && (
        <Form.Item name="callType" label={words.callType} rules={[{ required: true, message: texts.agents.required }]}>
          <Select allowClear showSearch={{ optionFilterProp: "label" }} placeholder={words.choose} options={leaves(types.types).map(({ id }) => ({ value: id, label: pathOf(types.types, id).join(between) }))} />
        </Form.Item>
      )}
      {types.results.length > 0 && (
        <Form.Item name="result" label={words.result} rules={rule("result")}><Select allowClear placeholder={words.choose} options={types.results.map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>
      )}
      {types.fields.map(({ id, name, choices }) => (
        <Form.Item key={id} name={["fields", id]} label={name} rules={rule(id)}>
          {choices.length > 0 ? <Select allowClear placeholder={words.choose} options={choices.map((value) => ({ value, label: value }))} /> : <Input maxLength={500} />}
        </Form.Item>
      ))}
      <Form.Item name="note" label={words.note} rules={rule("note")}><Input.TextArea rows={3} maxLength={2000} showCount /></Form.Item>
      {finish.error && <Form.Item><Fault fault={finish.error} /></Form.Item>}
      <Flex gap="small" justify="space-between" align="center" wrap>
        <span role="status">{isFinal ? <State is="good">{words.final}</State> : <Told saving={saving} saved={summary.at !== null} />}</span>
        <Button type="primary" htmlType="submit" loading={finish.isPending}>{isFinal ? words.again : words.finish}</Button>
      </Flex>
    </Form>
  );
}

function Told({ saving, saved }: { saving: Saving; saved: boolean }) {
  const { texts, locale } = useSpeech();
  const words = texts.summary;
  switch (saving.state) {
    case "failed": return <State is="bad">{words.notSaved}</State>;
    case "changed": return <>{words.changed}</>;
    case "saved": return <>{words.saved} {new Intl.DateTimeFormat(locale, { timeStyle: "medium", hour12: false }).format(saving.at)}</>;
    default: return <>{saved ? words.restored : ""}</>;
  }
}
