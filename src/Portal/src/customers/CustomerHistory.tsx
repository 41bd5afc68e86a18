import { Link } from "react-router";
import { ask, type Schema } from "../api/client";
import { useOfCall } from "../api/ofCall";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Teach } from "../parts/Teach";
import { clock, instant } from "../parts/times";
import { useSpeech } from "../texts/texts";

type Call = Schema<"CallRecord">;
const few = "10";

/** A customer's calls by all numbers, newest first. */
export function CustomerHistory({ customer, call }: { customer: string; call?: string | undefined }) {
  const { texts, locale } = useSpeech();
  const words = texts.calls;
  const of = useOfCall(call);
  const calls = useInfiniteQuery({
    queryKey: ["GET /api/v1/customers", customer, "history"],
    queryFn: ({ pageParam, signal }) => ask("GET /api/v1/customers/{customer}/history", { path: { customer }, query: { ...of, limit: few, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (part) => part.next ?? undefined,
  });
  if (calls.isError) return <Fault fault={calls.error} retry={() => void calls.refetch()} />;
  return (
    <Grid<Call>
      name={texts.customers.history} rowKey="id" parts={calls}
      locale={{ emptyText: calls.isPending ? <span /> : <Teach title={texts.customers.noHistory} help={texts.customers.noHistoryHelp} /> }}
      columns={[
        { title: words.started, dataIndex: "startedAt", render: (at: string, call) => <Link to={`/calls/${call.id}`}>{instant(at, locale)}</Link> },
        { title: words.direction, dataIndex: "direction", render: (direction: string) => (texts.directions as Record<string, string>)[direction] ?? direction },
        { title: words.queue, dataIndex: "queue" },
        { title: words.agents, dataIndex: "agents", render: (agents: string[]) => agents.join(", ") },
        { title: words.talk, dataIndex: "tTalk", align: "right", render: clock },
      ]}
    />
  );
}
