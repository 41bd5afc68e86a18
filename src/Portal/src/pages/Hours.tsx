import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { mayChange } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { HoursEditor } from "./hours/HoursEditor";

type Summary = Schema<"HoursSummary">;

const list = "GET /api/v1/hours";

/** When the firm, or a part of it, is open. */
export default function Hours() {
  const texts = useTexts();
  const words = texts.hours;
  const { data: me } = useSession();
  const changes = !!me && mayChange(me.role);
  const hours = useParts<Summary>(list);
  const [edited, edit] = useState<string | null>(null); // "" = new
  const remove = useWriting<string>(list, (id) => ask("DELETE /api/v1/hours/{hours}", { path: { hours: id } }), { done: texts.agents.removed, tells: true });
  const add = changes && <Button type="primary" onClick={() => edit("")}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{add}</Head>
      {hours.isError ? <Fault fault={hours.error} retry={() => void hours.refetch()} /> : (
        <Grid<Summary>
          name={words.title} rowKey="id" parts={hours}
          locale={{ emptyText: hours.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, one) => (changes ? <Button type="link" size="small" onClick={() => edit(one.id)}>{text}</Button> : text) },
            { title: texts.queues.id, dataIndex: "id" },
            { title: words.timeZone, dataIndex: "timeZone", render: (zone: string | null) => zone ?? words.firmsZone },
            ...(changes ? [{ key: "remove", render: (_: unknown, one: Summary) => <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(one.id)}><Button size="small" danger aria-label={`${texts.agents.remove} ${one.name}`}>{texts.agents.remove}</Button></Popconfirm> }] : []),
          ]}
        />
      )}
      {edited !== null && <HoursEditor id={edited} close={() => edit(null)} />}
    </>
  );
}
