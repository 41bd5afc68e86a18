import { Button, Form, Skeleton } from "antd";
import type { ReactNode } from "react";
import type { operations } from "../../obj/api";
import type { Operation } from "../api/client";
import { useSheet } from "../api/sheets";
import { useTexts } from "../texts/texts";
import { Fault } from "./faults";
import { Head } from "./Head";
import { useFieldFaults } from "./useFieldFaults";
import { useWriting } from "./useWriting";

/** A page of settings of which a firm has one set. They are shown once they are there. */
export function SettingsPage<Read extends Operation>({ title, read, children }: { title: string; read: Read; children: (stored: operations[Read]["answer"]) => ReactNode }) {
  const { data, isError, error, refetch } = useSheet(read);
  return (
    <>
      <Head title={title} />
      {data ? children(data) : isError ? <Fault fault={error} retry={() => void refetch()} /> : <Skeleton active />}
    </>
  );
}

/** Their form: what it is given, and what stands at its foot. What the API has against a field stands at that field, too. Secrets are gone once they are saved. */
export function useSettings<Entry extends object>(read: Operation, initial: Entry, write: (entry: Entry) => Promise<unknown>, secrets: (keyof Entry & string)[] = []) {
  const { agents } = useTexts();
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>(read, write, { done: agents.saved, after: () => form.setFieldsValue(Object.fromEntries(secrets.map((name) => [name, ""])) as Parameters<typeof form.setFieldsValue>[0]) });
  useFieldFaults(form, save.error);
  const foot = (
    <>
      {save.isError && <Form.Item><Fault fault={save.error} /></Form.Item>}
      <Button type="primary" htmlType="submit" loading={save.isPending}>{agents.save}</Button>
    </>
  );
  return { given: { form, layout: "vertical", initialValues: initial, onFinish: save.mutate } as const, foot };
}
