import { Button, Card, Flex, Input, Skeleton, Tabs } from "antd";
import { useState } from "react";
import { ask } from "../api/client";
import { useSheet } from "../api/sheets";
import { Fault } from "../parts/faults";
import { Head } from "../parts/Head";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import type { Types } from "./model";
import { Scripts } from "./Scripts";
import { newId, ordered, Tree } from "./Tree";

const kind = "GET /api/v1/call-types";

/** What calls are counted as, what a summary asks for, and what agents may say. */
export default function CallTypesPage() {
  const words = useTexts().callTypes;
  const types = useSheet(kind);
  const tree = types.data ? <Sheet known={types.data} /> : types.isError ? <Fault fault={types.error} retry={() => void types.refetch()} /> : <Skeleton active />;
  return (
    <>
      <Head title={words.title} />
      <Tabs items={[{ key: "types", label: words.types, children: tree }, { key: "scripts", label: words.scripts, children: <Scripts /> }]} />
    </>
  );
}

function Sheet({ known }: { known: Types }) {
  const texts = useTexts();
  const words = texts.callTypes;
  const [types, setTypes] = useState(known.types);
  const [results, setResults] = useState(known.results);
  const [fields, setFields] = useState(known.fields);
  const save = useWriting<void>(kind, () => ask("PUT /api/v1/call-types", { body: { types: ordered(types), results, fields }, version: known.version }), { done: texts.agents.saved });
  const choices = [{ value: "result", label: words.result }, { value: "note", label: words.note }, ...fields.map(({ id, name }) => ({ value: id, label: name || words.unnamed }))];
  return (
    <Flex vertical gap="middle">
      <p className="hint">{words.help} {words.version} {known.version}</p>
      <Card size="small" title={words.types}><div className="outline"><Tree types={types} change={setTypes} fields={choices} /></div></Card>
      <Card size="small" title={words.results}>
        <Named list={results} label={words.resultName} add={words.addResult} change={setResults} fresh={() => ({ id: newId(), name: "" })} />
      </Card>
      <Card size="small" title={words.fields}>
        <Named list={fields} label={words.fieldName} add={words.addField} change={setFields} fresh={() => ({ id: newId(), name: "", choices: [] })}
          more={(field, put) => <Input className="narrow" value={field.choices.join("；")} placeholder={words.choices} aria-label={`${words.choices} ${field.name || words.unnamed}`} onChange={(event) => put({ ...field, choices: event.target.value.split(/[;；]/).map((choice) => choice.trimStart()).filter((choice, n, all) => choice || n === all.length - 1) })} />} />
      </Card>
      {save.error && <Fault fault={save.error} />}
      <Flex gap="small"><Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>{texts.agents.save}</Button></Flex>
    </Flex>
  );
}

/** A list of things with a name each. */
function Named<Item extends { id: string; name: string }>({ list, label, add, change, fresh, more }: { list: Item[]; label: string; add: string; change: (list: Item[]) => void; fresh: () => Item; more?: (item: Item, put: (item: Item) => void) => React.ReactNode }) {
  const { agents, callTypes: words } = useTexts();
  const put = (item: Item) => change(list.map((one) => (one.id === item.id ? item : one)));
  return (
    <>
      {list.map((item) => (
        <Flex key={item.id} gap="small" wrap align="center" className="times">
          <Input className="narrow" value={item.name} maxLength={60} aria-label={`${label} ${item.name || words.unnamed}`} onChange={(event) => put({ ...item, name: event.target.value })} />
          {more?.(item, put)}
          <Button size="small" danger aria-label={`${agents.remove} ${item.name || words.unnamed}`} onClick={() => change(list.filter((one) => one.id !== item.id))}>{agents.remove}</Button>
        </Flex>
      ))}
      <Button size="small" onClick={() => change([...list, fresh()])}>{add}</Button>
    </>
  );
}
