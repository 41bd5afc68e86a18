import { Button, Flex, Input, Select } from "antd";
import { useTexts } from "../texts/texts";
import type { CallType } from "./model";

const levels = 4;

export const newId = () => crypto.randomUUID().slice(0, 8);

interface Editing { types: CallType[]; change: (types: CallType[]) => void; fields: { value: string; label: string }[] }

/** All of one's own and what belongs to them, in the order in which a reader meets them: each behind the one it belongs to. */
export function ordered(types: readonly CallType[], parent: string | null = null): CallType[] {
  return types.filter((type) => type.parent === parent).flatMap((type) => [type, ...ordered(types, type.id)]);
}

/** The tree of call types, up to four levels. */
export function Tree({ parent = null, level = 1, ...editing }: Editing & { parent?: string | null; level?: number }) {
  const words = useTexts().callTypes;
  const { types, change } = editing;
  const own = types.filter((type) => type.parent === parent);
  const add = () => change([...types, { id: newId(), name: "", parent, mandatory: [] }]);
  return (
    <ul>
      {own.map((type) => <Branch key={type.id} type={type} level={level} {...editing} />)}
      {level === 1 && <li><Button size="small" onClick={add}>{words.add}</Button></li>}
    </ul>
  );
}

function Branch({ type, level, ...editing }: Editing & { type: CallType; level: number }) {
  const { callTypes: words, agents } = useTexts();
  const { types, change, fields } = editing;
  const isLeaf = !types.some((other) => other.parent === type.id);
  const put = (changed: Partial<CallType>) => change(types.map((one) => (one.id === type.id ? { ...one, ...changed } : one)));
  const remove = () => {
    const gone = new Set([type, ...ordered(types, type.id)].map((one) => one.id));
    change(types.filter((one) => !gone.has(one.id)));
  };
  const addBelow = () => change([...types.map((one) => (one.id === type.id ? { ...one, mandatory: [] } : one)), { id: newId(), name: "", parent: type.id, mandatory: [] }]);
  const named = type.name || words.unnamed;
  return (
    <li>
      <Flex gap="small" wrap align="center" className="times">
        <Input className="narrow" value={type.name} maxLength={60} aria-label={`${words.name} ${named}`} onChange={(event) => put({ name: event.target.value })} />
        {isLeaf && <Select mode="multiple" className="choice" value={type.mandatory} options={fields} placeholder={words.mandatory} aria-label={`${words.mandatory} ${named}`} onChange={(mandatory: string[]) => put({ mandatory })} />}
        {level < levels && <Button size="small" onClick={addBelow} aria-label={`${words.addBelow} ${named}`}>{words.addBelow}</Button>}
        <Button size="small" danger onClick={remove} aria-label={`${agents.remove} ${named}`}>{agents.remove}</Button>
      </Flex>
      {!isLeaf && <Tree parent={type.id} level={level + 1} {...editing} />}
    </li>
  );
}
