import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { ask, type Schema } from "../../api/client";
import { Fault } from "../../parts/faults";
import { Grid } from "../../parts/Grid";
import { Head } from "../../parts/Head";
import { State } from "../../parts/State";
import { Teach } from "../../parts/Teach";
import { instant } from "../../parts/times";
import { useWriting } from "../../parts/useWriting";
import { useSpeech } from "../../texts/texts";

type Edge = Schema<"EdgeAnswer">;

const list = "GET /api/v1/operator/edges";
const again = 5_000;

/** What holds sockets and media, and how it is. */
export default function Edges() {
  const { texts, locale } = useSpeech();
  const words = texts.edges;
  const edges = useQuery({ queryKey: [list], queryFn: ({ signal }) => ask(list, { query: { limit: "200" }, signal }), refetchInterval: again });
  const drain = useWriting<Edge>(list, ({ id, draining }) => ask("POST /api/v1/operator/edges/{edge}/drain", { path: { edge: id }, body: { draining: !draining } }), { done: words.told, tells: true });
  const state = ({ alive, draining }: Edge) => (!alive ? <State is="bad">{words.silent}</State> : draining ? <State is="doubtful">{words.draining}</State> : <State is="good">{words.alive}</State>);
  return (
    <>
      <Head title={words.title} />
      {edges.isError ? <Fault fault={edges.error} retry={() => void edges.refetch()} /> : (
        <Grid<Edge>
          name={words.title} rowKey="id" loading={edges.isPending}
          dataSource={edges.data?.items ?? []}
          locale={{ emptyText: edges.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp} /> }}
          columns={[
            { title: words.id, dataIndex: "id" },
            { title: words.state, key: "state", render: (_, edge) => state(edge) },
            { title: words.calls, dataIndex: "calls", align: "right" },
            { title: words.legs, dataIndex: "legs", align: "right" },
            { title: words.sip, dataIndex: "sip" },
            { title: words.started, dataIndex: "startedAt", render: (at: string) => <time dateTime={at}>{instant(at, locale)}</time> },
            { title: words.seen, dataIndex: "seenAt", render: (at: string) => <time dateTime={at}>{instant(at, locale)}</time> },
            {
              key: "do",
              render: (_, edge) => edge.draining
                ? <Button size="small" onClick={() => drain.mutate(edge)}>{words.undrain}</Button>
                : <Popconfirm title={words.drainSure} okText={words.drain} onConfirm={() => drain.mutate(edge)}><Button size="small" danger disabled={!edge.alive}>{words.drain}</Button></Popconfirm>,
            },
          ]}
        />
      )}
    </>
  );
}
