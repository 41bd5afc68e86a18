import { Badge } from "antd";
import { useTexts } from "../../texts/texts";
import type { Definition, Line, Way } from "./model";
import { outline } from "./model";

interface Shown { chosen: string | null; choose: (id: string) => void; faults: Map<string, string[]> }

/** What a way is called, as in a sentence: key 1, otherwise, open. */
export function useWayName() {
  const { flows: words, ways } = useTexts();
  return (way: Way) => (way.member === "branch" ? `${words.key} ${way.key}` : ways[way.member]);
}

/** The flow as a list of lists: each step where it is reached first. Every step is a button. */
export function Outline({ flow, ...shown }: { flow: Definition } & Shown) {
  const { flows: words } = useTexts();
  const { lines, lost } = outline(flow);
  return (
    <nav aria-label={words.outline} className="outline">
      <Lines lines={lines} {...shown} />
      {lost.length > 0 && <>
        <h3>{words.lost}</h3>
        <Lines lines={lost.map((id) => ({ id, way: null, step: flow.nodes[id] ?? null, below: [] }))} {...shown} />
      </>}
    </nav>
  );
}

function Lines({ lines, ...shown }: { lines: Line[] } & Shown) {
  return <ul>{lines.map((line, n) => <Step key={`${n} ${line.id}`} line={line} {...shown} />)}</ul>;
}

function Step({ line: { id, way, step, below }, chosen, choose, faults }: { line: Line } & Shown) {
  const { flows: words, steps } = useTexts();
  const wayName = useWayName();
  const wrong = faults.get(id)?.length ?? 0;
  return (
    <li>
      {way && <span className="way">{wayName(way)}</span>}
      {step ? (
        <button type="button" className="step" aria-current={chosen === id ? "step" : undefined} onClick={() => choose(id)}>
          <span className="kind">{steps[step.type]}</span> {id}{wrong > 0 && <Badge count={wrong} className="wrong" title={`${words.faults}: ${wrong}`} />}
        </button>
      ) : id ? <button type="button" className="step jump" onClick={() => choose(id)}>{`→ ${id}`}</button> : <span className="hint">{words.nowhere}</span>}
      {below.length > 0 && <Lines lines={below} chosen={chosen} choose={choose} faults={faults} />}
    </li>
  );
}
