import { Alert, Button, Flex, Input, InputNumber, Popconfirm, Switch } from "antd";
import { useState } from "react";
import { useTexts } from "../../texts/texts";
import { fields, type Field } from "./fields";
import { Labelled } from "./Labelled";
import { before, keys, moveUp, remove, rename, ways, type Definition, type Step } from "./model";
import { OwnField } from "./OwnField";
import { PromptRow } from "./PromptRow";
import { WayRow } from "./WayRow";

interface Given { id: string; flow: Definition; faults: string[]; changes: boolean; change: (flow: Definition, chosen?: string | null) => void }

/** The step that is chosen: what it does, where it leads, and what the API has against it. */
export function StepForm({ id, flow, faults, changes, change }: Given) {
  const { flows: words, steps, stepFields: labels, agents, stepTells } = useTexts();
  const step = flow.nodes[id];
  if (!step) return null;
  const set = (changed: Step) => change({ ...flow, nodes: { ...flow.nodes, [id]: changed } });
  const free = keys.find((key) => !step.branches?.some((branch) => branch.key === key));
  const out = ways(step);
  const gone = remove(flow, id);
  return (
    <section className="sheet" aria-label={`${steps[step.type]} ${id}`}>
      <h2>{steps[step.type]}</h2>
      <p className="hint">{stepTells[step.type]}</p>
      {faults.length > 0 && <Alert type="error" showIcon title={words.faults} description={<ul>{faults.map((text) => <li key={text}>{text}</li>)}</ul>} />}
      {changes && <StepName id={id} flow={flow} change={change} />}
      {fields[step.type].prompts.map((member) => <PromptRow key={member} name={labels[member]} played={step[member] ?? []} changes={changes} change={(played) => set({ ...step, [member]: played })} />)}
      {fields[step.type].fields.map((field) => <FieldOf key={field.member} field={field} step={step} changes={changes} change={set} />)}
      {out.length > 0 && (
        <fieldset className="group">
          <legend>{words.ways}</legend>
          {out.map((way, n) => <WayRow key={n} id={id} step={step} way={way} flow={flow} changes={changes} change={change} />)}
          {changes && step.type === "menu" && free && <Button size="small" onClick={() => set({ ...step, branches: [...(step.branches ?? []), { key: free, next: step.otherwise ?? "" }] })}>{words.addKey}</Button>}
          {changes && step.type === "hours" && step.holiday === undefined && <Button size="small" onClick={() => set({ ...step, holiday: step.closed ?? "" })}>{words.addHoliday}</Button>}
        </fieldset>
      )}
      {changes && (
        <Flex gap="small" wrap>
          <Button disabled={before(flow, id) === undefined} onClick={() => change(moveUp(flow, id), id)}>{words.up}</Button>
          <Button disabled={step.next === undefined || before(flow, step.next) !== id || flow.nodes[step.next]?.next === undefined} onClick={() => change(moveUp(flow, step.next ?? ""), id)}>{words.down}</Button>
          <Popconfirm title={words.removeStepSure} okText={agents.remove} onConfirm={() => change(gone, gone.start in gone.nodes ? gone.start : null)}><Button danger disabled={Object.keys(flow.nodes).length < 2}>{words.removeStep}</Button></Popconfirm>
        </Flex>
      )}
    </section>
  );
}

/** A step's name changes when the field is left: half a name would be one that another step may have. */
function StepName({ id, flow, change }: { id: string; flow: Definition; change: Given["change"] }) {
  const { flows: words, agents } = useTexts();
  const [name, write] = useState(id);
  const done = () => {
    if (!/^[a-z0-9-]{1,64}$/.test(name) || name in flow.nodes) write(id);
    else change(rename(flow, id, name), name);
  };
  return <Labelled label={words.stepName} help={agents.idHelp}>{(field) => <Input id={field} maxLength={64} value={name} onChange={(event) => write(event.target.value)} onBlur={done} onPressEnter={done} />}</Labelled>;
}

function FieldOf({ field, step, changes, change }: { field: Field; step: Step; changes: boolean; change: (step: Step) => void }) {
  const { stepFields: labels, stepHelp, flows: words } = useTexts();
  const { member } = field;
  const help = (stepHelp as Partial<Record<string, string>>)[member];
  switch (field.kind) {
    case "own": return <OwnField member={field.member} step={step} changes={changes} change={change} />;
    case "switch": return <Labelled label={labels[member]} help={help}>{(id) => <Switch id={id} disabled={!changes} checked={step[field.member] ?? false} onChange={(on) => change({ ...step, [member]: on })} />}</Labelled>;
    case "number": return (
      <Labelled label={labels[member]} help={help}>
        {(id) => <InputNumber id={id} disabled={!changes} min={field.least} max={field.most} value={step[field.member] ?? null} suffix={field.seconds ? words.seconds : undefined} onChange={(value) => { if (value !== null) change({ ...step, [member]: value }); }} />}
      </Labelled>
    );
  }
}
