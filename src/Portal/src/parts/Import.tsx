import { InboxOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Modal, Progress, Table, Typography, Upload } from "antd";
import { useState } from "react";
import { Problem, type Operation, type Said } from "../api/client";
import { exportOf, faultsOf, sendTable, type Outcome, type Table as TableName, type TableFault } from "../api/tables";
import { useTexts } from "../texts/texts";
import { Fault } from "./faults";
import { said } from "./said";

/** The two ways of a list to a spreadsheet and back. */
export function TableButtons({ table, list, imports }: { table: TableName; list: Operation; imports: boolean }) {
  const { tables: words } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      {imports && <Button onClick={() => setOpen(true)}>{words.import}</Button>}
      <Button href={exportOf(table)} download>{words.export}</Button>
      {open && <Import table={table} list={list} close={() => setOpen(false)} />}
    </>
  );
}

/** A file is looked at first: its faults are shown, or what it would do; only then it is taken. */
function Import({ table, list, close }: { table: TableName; list: Operation; close: () => void }) {
  const { tables: words, agents } = useTexts();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const check = useMutation({ mutationFn: (chosen: File) => sendTable(table, chosen, true) });
  const take = useMutation({ mutationFn: (chosen: File) => sendTable(table, chosen, false), onSuccess: () => client.invalidateQueries({ queryKey: [list] }) });
  const choose = (chosen: File) => {
    setFile(chosen);
    take.reset();
    check.mutate(chosen);
    return false;
  };
  const busy = check.isPending || take.isPending;
  const fault = take.error ?? check.error;
  return (
    <Modal title={words.title} open width={720} onCancel={close} footer={null} destroyOnHidden>
      <Flex vertical gap="middle">
        <Typography.Text>{words.help} <a href={`/api/v1/templates/${table}`} download>{words.template}</a></Typography.Text>
        <Upload.Dragger accept=".csv,text/csv" maxCount={1} showUploadList={false} disabled={busy} beforeUpload={choose}>
          <p><InboxOutlined aria-hidden /> {file ? file.name : words.choose}</p>
        </Upload.Dragger>
        {busy && <Progress percent={100} status="active" showInfo={false} aria-label={words.working} />}
        {busy && <span role="status">{words.working}</span>}
        {fault && <Faults fault={fault} />}
        {take.data ? <Alert type="success" showIcon title={words.done} description={<Counts of={take.data} />} /> : check.data && !busy && !fault && <Alert type="info" showIcon title={words.ready} description={<Counts of={check.data} />} />}
        <Flex gap="small" justify="end">
          <Button onClick={close}>{take.data ? words.close : agents.cancel}</Button>
          {!take.data && <Button type="primary" disabled={!file || !check.data || busy} loading={take.isPending} onClick={() => file && take.mutate(file)}>{words.take}</Button>}
        </Flex>
      </Flex>
    </Modal>
  );
}

function Counts({ of }: { of: Outcome }) {
  const { tables: words } = useTexts();
  return <span className="figures">{`${words.made}: ${of.made} · ${words.changed}: ${of.changed} · ${words.unchanged}: ${of.unchanged}`}</span>;
}

function Faults({ fault }: { fault: unknown }) {
  const texts = useTexts();
  const words = texts.tables;
  const faults = faultsOf(fault);
  if (!(fault instanceof Problem) || fault.status !== 400 || faults.length === 0) return <Fault fault={fault} />;
  return (
    <>
      <Alert type="error" showIcon title={`${words.refused} (${faults.length})`} />
      <Table<TableFault>
        size="small" rowKey={(one) => `${one.row} ${one.column} ${one.said.text}`} dataSource={faults} pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[{ title: words.row, dataIndex: "row", width: 80, render: (row: number) => row || "" }, { title: words.column, dataIndex: "column", width: 160 }, { title: words.fault, dataIndex: "said", render: (one: Said) => said(one, texts) }]}
      />
    </>
  );
}
