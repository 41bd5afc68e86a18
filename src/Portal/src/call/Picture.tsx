import { useId } from "react";
import { clock } from "../parts/times";
import { useTexts } from "../texts/texts";
import { lanesOf, type Doing, type Fact, type Lane } from "./lanes";

const row = 34, head = 22, gutter = 132;
const kinds: readonly Doing[] = ["ring", "ivr", "queue", "intro", "talk", "hold", "consult", "listen", "voicemail"];

/** A call as lanes over time, one for each leg. Who does not see it hears the same in words. */
export function Picture({ facts, name, now }: { facts: Fact[]; name: (agent: string) => string; now: number }) {
  const words = useTexts().picture;
  const id = useId();
  const { from, to, lanes } = lanesOf(facts, now);
  const tick = (at: number) => (to - from < 20_000 ? `${(at / 1000).toFixed(1)} s` : clock(at));
  const percent = (at: number) => `${(((at - from) / (to - from)) * 100).toFixed(3)}%`;
  const who = (lane: Lane) => (lane.who ? name(lane.who) : words.caller);
  const said = lanes.map((lane) => `${who(lane)}: ${lane.spans.map((span) => `${words[span.what]} ${clock(span.from - from)}–${clock(span.to - from)}`).join(", ")}`).join("; ");
  const used = kinds.filter((kind) => lanes.some((lane) => lane.spans.some((span) => span.what === kind)));
  const height = head + lanes.length * row;
  return (
    <div className="scroll" role="region" aria-label={words.title} tabIndex={0}>
      <svg className="picture" width="100%" height={height} role="img" aria-labelledby={`${id}-title ${id}-said`}>
        <title id={`${id}-title`}>{words.title}</title>
        <desc id={`${id}-said`}>{said}</desc>
        {lanes.map((lane, n) => <text key={lane.leg} x={0} y={head + n * row + 21}>{who(lane)}</text>)}
        <svg x={gutter} width="calc(100% - 140px)" height={height} overflow="visible">
          {[0, 25, 50, 75, 100].map((part) => (
            <g key={part}>
              <line className="tick" x1={`${part}%`} x2={`${part}%`} y1={head - 4} y2={height} />
              <text className="figures small" x={`${part}%`} y={14} textAnchor={part === 0 ? "start" : part === 100 ? "end" : "middle"}>{tick(((to - from) * part) / 100)}</text>
            </g>
          ))}
          {lanes.map((lane, n) => lane.spans.map((span) => (
            <rect key={`${lane.leg} ${span.from} ${span.what}`} className={`do-${span.what}`} x={percent(span.from)} width={percent(from + Math.max(span.to - span.from, (to - from) / 400))} y={head + n * row + 4} height={row - 10} rx={3}>
              <title>{`${words[span.what]} ${clock(span.from - from)}–${clock(span.to - from)}`}</title>
            </rect>
          )))}
        </svg>
      </svg>
      <ul className="legend" aria-hidden>{used.map((kind) => <li key={kind}><i className={`do-${kind}`} />{words[kind]}</li>)}</ul>
    </div>
  );
}
