import { Button, Select } from "antd";
import { useState } from "react";
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
import { WebCalls } from "./numbers/WebCalls";

type AccessNumber = Schema<"NumberAnswer">;

const list = "GET /api/v1/numbers";

/** The numbers that the operator gave to the firm, and where each leads. */
export default function Numbers() {
  const texts = useTexts();
  const words = texts.numbers;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const numbers = useParts<AccessNumber>(list);
  const flows = useAll<Schema<"FlowSummary">>("GET /api/v1/flows");
  const lead = useWriting<{ number: string; flow: string | null }>(list, ({ number, flow }) => ask("PUT /api/v1/numbers/{number}", { path: { number }, body: { flow } }), { done: texts.agents.saved, tells: true });
  const [opened, open] = useState<AccessNumber | null>(null);
  const name = new Map(flows.data?.map((flow) => [flow.id, flow.name]));
  const where = (number: AccessNumber) => changes
    ? <Select aria-label={`${words.edit} ${number.display}`} allowClear placeholder={words.noFlow} style={{ minWidth: 220 }} value={number.flow} loading={flows.isPending} options={flows.data?.map((flow) => ({ value: flow.id, label: flow.name }))} onChange={(flow?: string) => lead.mutate({ number: number.id, flow: flow ?? null })} />
    : number.flow ? name.get(number.flow) ?? number.flow : words.noFlow;
  return (
    <>
      <Head title={words.title} />
      {numbers.isError ? <Fault fault={numbers.error} retry={() => void numbers.refetch()} /> : (
        <Grid<AccessNumber>
          name={words.title} rowKey="id" parts={numbers}
          locale={{ emptyText: numbers.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp} /> }}
          columns={[
            { title: words.number, dataIndex: "display", className: "figures" },
            { title: words.flow, key: "flow", render: (_, number) => where(number) },
            { title: words.callOut, dataIndex: "mayCallOut", render: (may: boolean) => (may ? texts.queues.yes : texts.queues.no) },
            ...(changes ? [{ title: texts.webCalls.title, key: "web", render: (_: unknown, number: AccessNumber) => <Button size="small" aria-label={`${texts.webCalls.title} ${number.display} · ${texts.webCalls.open}`} onClick={() => open(number)}>{texts.webCalls.open}</Button> }] : []),
          ]}
        />
      )}
      {opened && <WebCalls number={opened} close={() => open(null)} />}
    </>
  );
}
