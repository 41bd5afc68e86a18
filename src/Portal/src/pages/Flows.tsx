import { Button, Flex, Popconfirm, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { mayChange } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useAll, useParts } from "../api/lists";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { FlowSheet } from "./flows/FlowSheet";
import { NewFlow } from "./flows/NewFlow";

type Flow = Schema<"FlowSummary">;

const list = "GET /api/v1/flows";

/** The flows, and one of them in full. */
export default function Flows() {
  const texts = useTexts();
  const words = texts.flows;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const [search, find] = useSearchParams();
  const open = search.get("flow");
  const flows = useParts<Flow>(list);
  const numbers = useAll<Schema<"NumberAnswer">>("GET /api/v1/numbers");
  const [adds, setAdds] = useState(false);
  const remove = useWriting<string>(list, (flow) => ask("DELETE /api/v1/flows/{flow}", { path: { flow } }), { done: texts.agents.removed, tells: true });
  const show = (flow: string | null) => find(flow === null ? {} : { flow });
  if (open !== null) return <FlowSheet key={open} id={open} numbers={numbers.data?.filter((number) => number.flow === open).map((number) => number.display) ?? []} changes={changes} close={() => show(null)} />;
  const add = changes && <Button type="primary" onClick={() => setAdds(true)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {flows.isError ? <Fault fault={flows.error} retry={() => void flows.refetch()} /> : (
        <Grid<Flow>
          name={words.title} rowKey="id" parts={flows}
          locale={{ emptyText: flows.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, flow) => <Button type="link" size="small" onClick={() => show(flow.id)}>{text}</Button> },
            { title: texts.queues.id, dataIndex: "id" },
            { title: words.version, dataIndex: "version", align: "right" },
            { title: words.numbers, key: "numbers", render: (_, flow) => <Flex gap={4} wrap>{numbers.data?.filter((number) => number.flow === flow.id).map((number) => <Tag key={number.id}>{number.display}</Tag>)}</Flex> },
            ...(changes ? [{ key: "remove", render: (_: unknown, flow: Flow) => <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(flow.id)}><Button size="small" danger aria-label={`${texts.agents.remove} ${flow.name}`}>{texts.agents.remove}</Button></Popconfirm> }] : []),
          ]}
        />
      )}
      {adds && <NewFlow close={(made) => { setAdds(false); if (made) show(made); }} />}
    </>
  );
}
