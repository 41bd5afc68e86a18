import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Form, Input, Popconfirm, Select, Spin } from "antd";
import { ask, type Schema } from "../api/client";
import { useOfCall } from "../api/ofCall";
import { useSession } from "../api/session";
import { asSheet } from "../api/sheets";
import { mayChange } from "../app/pages";
import { Editor } from "../parts/Editor";
import { Fault } from "../parts/faults";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { CustomerHistory } from "./CustomerHistory";
import { levels } from "./Level";

type Customer = Schema<"CustomerAnswer">;
type Entry = Omit<Customer, "id" | "numbers"> & { numbers: string };

export const list = "GET /api/v1/customers";
const fresh: Partial<Entry> = { level: "normal", numbers: "", note: "", fields: [] };
const entryOf = ({ id: _, numbers, ...rest }: Customer): Entry => ({ ...rest, numbers: numbers.join("\n") });

/** Who is edited: one who is there, a new one, or a new one with the number of a call, which need not be seen. */
export type Edited = { id: string } | { call: string } | "new";

/** A customer as a form, with the calls below. Numbers may be masked: sent back as they are, they stay. */
export function CustomerEditor({ of, call, close }: { of: Edited; call?: string; close: () => void }) {
  const id = typeof of === "object" && "id" in of ? of.id : undefined;
  const about = useOfCall(call);
  const known = useQuery({ queryKey: [list, id], enabled: !!id, queryFn: ({ signal }) => ask("GET /api/v1/customers/{customer}", { path: { customer: id ?? "" }, query: about, signal }), ...asSheet });
  if (id && known.isLoadingError) return <Fault fault={known.error} retry={() => void known.refetch()} />;
  if (id && !known.data) return <Spin fullscreen />;
  return <Sheet of={of} call={call} id={id} initial={known.data ? entryOf(known.data) : fresh} close={close} />;
}

function Sheet({ of, call, id, initial, close }: { of: Edited; call: string | undefined; id: string | undefined; initial: Partial<Entry>; close: () => void }) {
  const texts = useTexts();
  const words = texts.customers;
  const { data: me } = useSession();
  const about = useOfCall(call);
  const client = useQueryClient();
  const [form] = Form.useForm<Entry>();
  const done = () => {
    void client.invalidateQueries({ queryKey: [ofCall] });
    close();
  };
  const save = useWriting<Entry>(list, ({ numbers, ...rest }) => {
    const body = { ...rest, note: rest.note ?? "", fields: rest.fields ?? [] };
    if (typeof of === "object" && "call" in of) return ask("POST /api/v1/calls/{call}/customer", { path: { call: of.call }, body });
    const whole = { ...body, numbers: (numbers ?? "").split("\n").map((number) => number.trim()).filter(Boolean) };
    return id ? ask("PUT /api/v1/customers/{customer}", { path: { customer: id }, query: about, body: whole }) : ask("POST /api/v1/customers", { query: about, body: whole });
  }, { done: texts.agents.saved, after: done });
  return (
    <Editor title={id ? words.edit : words.add} open form={form} initial={initial} fault={save.error} saving={save.isPending} save={save.mutate} close={close} width={760}>
      <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true, message: texts.agents.required }]}><Input maxLength={100} /></Form.Item>
      <Form.Item name="level" label={words.level}><Select options={levels.map((value) => ({ value, label: words.levels[value] }))} /></Form.Item>
      {typeof of === "object" && "call" in of ? <p className="hint">{words.numberOfCall}</p> : <Form.Item name="numbers" label={words.numbers} extra={words.numbersHelp}><Input.TextArea rows={2} /></Form.Item>}
      <Form.Item name="note" label={words.note}><Input.TextArea rows={2} maxLength={2000} showCount /></Form.Item>
      <OwnFields />
      {id && <><h2 className="part">{words.history}</h2><CustomerHistory customer={id} call={call} /></>}
      {id && me && mayChange(me.role) && <PersonButtons id={id} close={done} />}
    </Editor>
  );
}

export const ofCall = "GET /api/v1/calls/{call}/customer";

/** What the firm wants to know besides. */
function OwnFields() {
  const { customers: words, agents } = useTexts();
  return (
    <fieldset className="group">
      <legend>{words.fields}</legend>
      <Form.List name="fields">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, n) => (
              <Flex key={key} gap="small" wrap align="start">
                <Form.Item name={[name, "name"]} rules={[{ required: true, message: agents.required }]}><Input maxLength={40} placeholder={words.fieldName} aria-label={`${words.fieldName} ${n + 1}`} /></Form.Item>
                <Form.Item name={[name, "value"]} className="narrow" initialValue=""><Input maxLength={500} placeholder={words.fieldValue} aria-label={`${words.fieldValue} ${n + 1}`} /></Form.Item>
                <Button danger onClick={() => remove(name)} aria-label={`${agents.remove} ${words.fields} ${n + 1}`}>{agents.remove}</Button>
              </Flex>
            ))}
            <Button size="small" onClick={() => add({ name: "", value: "" })}>{words.addField}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

/** What a person may demand: a copy of everything, and to be forgotten. */
function PersonButtons({ id, close }: { id: string; close: () => void }) {
  const { customers: words, agents } = useTexts();
  const remove = useWriting<string>(list, (customer) => ask("DELETE /api/v1/customers/{customer}", { path: { customer } }), { done: agents.removed, after: close, tells: true });
  const erase = useWriting<string>(list, async (customer) => {
    const { goingOn } = await ask("POST /api/v1/erasures", { body: { customer } });
    if (goingOn.length > 0) throw new Error(words.goingOn);
  }, { done: words.erased, after: close, tells: true });
  return (
    <Flex gap="small" wrap className="search">
      <Button href={`/api/v1/customers/${id}/person`} download={`person-${id}.json`}>{words.person}</Button>
      <Popconfirm title={words.removeSure} okText={agents.remove} onConfirm={() => remove.mutate(id)}><Button danger loading={remove.isPending}>{words.remove}</Button></Popconfirm>
      <Popconfirm title={words.eraseSure} okText={words.erase} onConfirm={() => erase.mutate(id)}><Button danger loading={erase.isPending}>{words.erase}</Button></Popconfirm>
    </Flex>
  );
}
