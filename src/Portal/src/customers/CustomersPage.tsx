import { Button, Modal } from "antd";
import { useState } from "react";
import { mayChange } from "../app/pages";
import type { Schema } from "../api/client";
import { useParts } from "../api/lists";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { TableButtons } from "../parts/Import";
import { SearchBox, useSought } from "../parts/search";
import { Teach } from "../parts/Teach";
import { useTexts } from "../texts/texts";
import { CustomerEditor, list, type Edited } from "./CustomerEditor";
import { CustomerHistory } from "./CustomerHistory";
import { LevelTag, type Level } from "./Level";

type Customer = Schema<"CustomerAnswer">;

/** Everybody who calls the firm, as far as it knows them. */
export default function CustomersPage() {
  const texts = useTexts();
  const words = texts.customers;
  const { data: me } = useSession();
  const writes = !!me && ["agent", "trainee", "tenantAdmin"].includes(me.role);
  const sought = useSought();
  const customers = useParts<Customer>(list, { search: sought });
  const [edited, edit] = useState<Edited | null>(null);
  const [shown, show] = useState<Customer | null>(null);
  const add = writes && <Button type="primary" onClick={() => edit("new")}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}><SearchBox label={words.search} />{me && mayChange(me.role) && <TableButtons table="customers" list={list} imports />}{add}</Head>
      {customers.isError ? <Fault fault={customers.error} retry={() => void customers.refetch()} /> : (
        <Grid<Customer>
          name={words.title} rowKey="id" parts={customers}
          locale={{ emptyText: customers.isPending ? <span /> : sought ? <Teach title={words.noneFound} help={words.noneFoundHelp} /> : <Teach title={words.none} help={words.noneHelp}>{add}</Teach> }}
          columns={[
            { title: words.name, dataIndex: "name", render: (text: string, one) => <Button type="link" size="small" onClick={() => (writes ? edit({ id: one.id }) : show(one))}>{text}</Button> },
            { title: words.level, dataIndex: "level", render: (level: Level) => <LevelTag level={level} /> },
            { title: words.numbers, dataIndex: "numbers", render: (numbers: string[]) => numbers.join(", ") },
            { title: words.note, dataIndex: "note", ellipsis: true, render: (note: string) => note.split("\n")[0] },
          ]}
        />
      )}
      {edited && <CustomerEditor of={edited} close={() => edit(null)} />}
      {shown && <Modal title={shown.name} open footer={null} width={760} onCancel={() => show(null)} destroyOnHidden><p className="wide">{shown.note}</p><CustomerHistory customer={shown.id} /></Modal>}
    </>
  );
}
