import { Input, Select } from "antd";
import type { Schema } from "../../api/client";
import { useAgents, useAll, useQueues } from "../../api/lists";
import { useTexts } from "../../texts/texts";
import { Labelled } from "./Labelled";
import type { Step, Target } from "./model";

type Member = "queue" | "hours" | "box" | "endKey" | "shown" | "to" | "notice";
interface Given { step: Step; changes: boolean; change: (step: Step) => void }

/** A field of a step that is chosen from what else there is. */
export function OwnField({ member, ...given }: { member: Member } & Given) {
  switch (member) {
    case "queue": return <QueueField {...given} />;
    case "hours": return <HoursField {...given} />;
    case "box": return <BoxField {...given} />;
    case "to": return <TargetField {...given} />;
    case "endKey": return <EndKeyField {...given} />;
    default: return <TextField member={member} {...given} />;
  }
}

function QueueField({ step, changes, change }: Given) {
  const { stepFields: labels } = useTexts();
  const queues = useQueues();
  return <Labelled label={labels.queue}>{(id) => <Select id={id} showSearch optionFilterProp="label" disabled={!changes} value={step.queue || null} options={queues.data?.map((queue) => ({ value: queue.id, label: queue.name }))} onChange={(queue: string) => change({ ...step, queue })} />}</Labelled>;
}

function HoursField({ step, changes, change }: Given) {
  const { stepFields: labels, flows: words } = useTexts();
  const hours = useAll<Schema<"HoursSummary">>("GET /api/v1/hours");
  return <Labelled label={labels.hours} help={hours.data?.length === 0 ? words.hoursFirst : undefined}>{(id) => <Select id={id} disabled={!changes} value={step.hours || null} options={hours.data?.map((one) => ({ value: one.id, label: one.name }))} onChange={(one: string) => change({ ...step, hours: one })} />}</Labelled>;
}

function BoxField({ step, changes, change }: Given) {
  const { stepFields: labels, stepHelp: help } = useTexts();
  const queues = useQueues();
  return <Labelled label={labels.box} help={help.box}>{(id) => <Select id={id} disabled={!changes} value={step.box || null} options={queues.data?.map((queue) => ({ value: queue.id, label: queue.name }))} onChange={(box: string) => change({ ...step, box })} />}</Labelled>;
}

function EndKeyField({ step, changes, change }: Given) {
  const { stepFields: labels, flows: words } = useTexts();
  return <Labelled label={labels.endKey}>{(id) => <Select id={id} disabled={!changes} value={step.endKey ?? "none"} options={[{ value: "#" }, { value: "*" }, { value: "none", label: words.noKey }]} onChange={(key: string) => change({ ...step, endKey: key === "none" ? null : key })} />}</Labelled>;
}

function TextField({ member, step, changes, change }: { member: "shown" | "notice" } & Given) {
  const { stepFields: labels, stepHelp: help } = useTexts();
  const set = (text: string) => {
    const { [member]: _, ...rest } = step;
    change(text ? { ...rest, [member]: text } : rest);
  };
  return <Labelled label={labels[member]} help={help[member]}>{(id) => <Input id={id} disabled={!changes} maxLength={32} value={step[member] ?? ""} onChange={(event) => set(event.target.value)} />}</Labelled>;
}

const kinds = ["number", "extension", "agent", "queue"] as const;

function TargetField({ step, changes, change }: Given) {
  const { stepFields: labels, targets } = useTexts();
  const agents = useAgents();
  const queues = useQueues();
  const to: Target = step.to ?? {};
  const kind = kinds.find((one) => to[one] !== undefined) ?? "number";
  const set = (target: Target) => change({ ...step, to: target, ...(target.queue === undefined && step.failed === undefined ? { failed: "" } : {}) });
  const choices = kind === "agent" ? agents.data?.map((agent) => ({ value: agent.id, label: agent.name })) : queues.data?.map((queue) => ({ value: queue.id, label: queue.name }));
  return (
    <>
      <Labelled label={labels.to}>{(id) => <Select id={id} disabled={!changes} value={kind} options={kinds.map((one) => ({ value: one, label: targets[one] }))} onChange={(one: (typeof kinds)[number]) => set({ [one]: "" })} />}</Labelled>
      <Labelled label={targets[kind]}>
        {(id) => (kind === "agent" || kind === "queue"
          ? <Select id={id} showSearch optionFilterProp="label" disabled={!changes} value={to[kind] || null} options={choices} onChange={(one: string) => set({ [kind]: one })} />
          : <Input id={id} disabled={!changes} maxLength={32} value={to[kind] ?? ""} onChange={(event) => set({ [kind]: event.target.value })} />)}
      </Labelled>
    </>
  );
}
