import { Button, Flex, Select } from "antd";
import { useTexts } from "../../texts/texts";
import { insert, keys, lead, stepTypes, type Definition, type Step, type StepType, type Way } from "./model";
import { useWayName } from "./Outline";

interface Given { id: string; step: Step; way: Way; flow: Definition; changes: boolean; change: (flow: Definition, chosen?: string | null) => void }

/** One way out of a step: its key if it has one, where it leads, and a new step on it. */
export function WayRow({ id, step, way, flow, changes, change }: Given) {
  const { flows: words, agents, steps } = useTexts();
  const name = useWayName()(way);
  const set = (changed: Step) => change({ ...flow, nodes: { ...flow.nodes, [id]: changed } });
  const branches = step.branches ?? [];
  const free = keys.filter((key) => key === way.key || !branches.some((branch) => branch.key === key));
  const add = (type: StepType) => change(...insert(flow, type, { id, way }));
  return (
    <Flex gap="small" wrap align="center" className="played">
      {way.member === "branch"
        ? <Select aria-label={`${words.key} ${way.key}`} className="key" disabled={!changes} value={way.key ?? ""} options={free.map((key) => ({ value: key, label: `${words.key} ${key}` }))} onChange={(key: string) => set({ ...step, branches: branches.map((branch, n) => (n === way.index ? { ...branch, key } : branch)) })} />
        : <span className="key">{name}</span>}
      <Select className="wide" aria-label={`${words.leadsTo} ${name}`} showSearch disabled={!changes} value={way.to || null} placeholder={words.nowhere} options={Object.keys(flow.nodes).filter((other) => other !== id).map((other) => ({ value: other, label: other }))} onChange={(to: string) => set(lead(step, way, to))} />
      {changes && <Select aria-label={`${words.insert} ${name}`} className="add" value={null} placeholder={words.insert} options={stepTypes.map((type) => ({ value: type, label: steps[type] }))} onChange={(type: StepType) => add(type)} />}
      {changes && way.member === "branch" && branches.length > 1 && <Button danger onClick={() => set({ ...step, branches: branches.filter((_, n) => n !== way.index) })} aria-label={`${agents.remove} ${name}`}>{agents.remove}</Button>}
    </Flex>
  );
}
