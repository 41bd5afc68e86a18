import { useQuery } from "@tanstack/react-query";
import { Collapse, Skeleton, Typography } from "antd";
import { ask, type Schema } from "../api/client";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";

type Leg = Schema<"SignalledLeg">;
type Step = Leg["steps"][number];

/** RFC 3261 §21; no words of ours. */
const reasons: Record<number, string> = {
  100: "Trying", 180: "Ringing", 181: "Call Is Being Forwarded", 183: "Session Progress", 200: "OK", 202: "Accepted", 302: "Moved Temporarily", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
  405: "Method Not Allowed", 407: "Proxy Authentication Required", 408: "Request Timeout", 480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
  491: "Request Pending", 500: "Server Internal Error", 501: "Not Implemented", 503: "Service Unavailable", 600: "Busy Everywhere", 603: "Decline",
};

const textOf = (step: Step) => (step.status ? `${step.status} ${reasons[step.status] ?? ""} (${step.method})` : step.method);

/** The SIP messages of each leg, as ladders. They are kept with a leg once it is over. */
export function Ladders({ call, version }: { call: string; version: number }) {
  const words = useTexts().ladder;
  const legs = useQuery({ queryKey: ["signalling", call, version], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/signalling", { path: { call }, signal }) });
  if (legs.isError) return <Fault fault={legs.error} retry={() => void legs.refetch()} />;
  if (!legs.data) return <Skeleton active />;
  if (legs.data.items.length === 0) return <Typography.Text type="secondary">{words.none}</Typography.Text>;
  return <Collapse size="small" items={legs.data.items.map((leg) => ({ key: leg.leg, label: `${leg.leg} · ${leg.peer}`, children: <Ladder leg={leg} /> }))} />;
}

const row = 26, top = 28;

function Ladder({ leg }: { leg: Leg }) {
  const words = useTexts().ladder;
  const since = Date.parse(leg.since);
  const second = (step: Step) => `+${((Date.parse(step.at) - since) / 1000).toFixed(3)} s`;
  const height = top + leg.steps.length * row + 8;
  const said = leg.steps.map((step) => `${second(step)} ${step.fromUs ? words.sent : words.received} ${textOf(step)}`).join("; ");
  return (
    <>
      <div className="scroll" role="region" aria-label={`${words.title} ${leg.leg}`} tabIndex={0}>
        <svg className="ladder" width={620} height={height} role="img" aria-label={said}>
          <text x={180} y={16} textAnchor="middle">{words.us}</text>
          <text x={540} y={16} textAnchor="middle">{leg.peer}</text>
          <line className="life" x1={180} x2={180} y1={top - 6} y2={height} />
          <line className="life" x1={540} x2={540} y1={top - 6} y2={height} />
          {leg.steps.map((step, n) => {
            const y = top + n * row + 18;
            const [from, to] = step.fromUs ? [182, 538] : [538, 182];
            const point = step.fromUs ? `${to},${y} ${to - 8},${y - 4} ${to - 8},${y + 4}` : `${to},${y} ${to + 8},${y - 4} ${to + 8},${y + 4}`;
            return (
              <g key={n} className={!step.status ? "ask" : step.status >= 300 ? "no" : "yes"}>
                <text className="figures small" x={0} y={y + 4}>{second(step)}</text>
                <text className="small" x={360} y={y - 5} textAnchor="middle">{textOf(step)}</text>
                <line x1={from} x2={to} y1={y} y2={y} />
                <polygon points={point} />
              </g>
            );
          })}
        </svg>
      </div>
      {leg.more > 0 && <Typography.Text type="secondary">{words.more} {leg.more}</Typography.Text>}
    </>
  );
}
