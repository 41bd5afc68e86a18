import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Card, Descriptions, Flex, Modal, Skeleton, Typography } from "antd";
import { useState } from "react";
import { ask, Problem, type Schema } from "../api/client";
import { useOfCall } from "../api/ofCall";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Picker } from "../parts/search";
import { instant } from "../parts/times";
import { useWriting } from "../parts/useWriting";
import { useSpeech, useTexts } from "../texts/texts";
import { CustomerEditor, list, ofCall, type Edited } from "./CustomerEditor";
import { CustomerHistory } from "./CustomerHistory";
import { LevelTag } from "./Level";

const looks = 8, pause = 400; // a call that rings stands in the records a moment later

/** Who calls: the customer's record by the number of a call, and what to do where there is none yet. */
export function CustomerCard({ call, history = false }: { call: string; history?: boolean }) {
  const { texts, locale } = useSpeech();
  const words = texts.customers;
  const { data: me } = useSession();
  const [edited, edit] = useState<{ of: Edited; call: string } | null>(null); // and of which call: the next may come while a dialog is open
  const [choosing, choose] = useState<string | null>(null);
  const found = useQuery({
    queryKey: [ofCall, call],
    queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/customer", { path: { call }, signal }),
    retry: (times, fault) => fault instanceof Problem && fault.status === 404 && times < looks,
    retryDelay: pause,
  });
  const writes = !!me && ["agent", "trainee", "operatorAgent", "tenantAdmin"].includes(me.role);
  const customer = found.data?.customer;
  const buttons = writes && found.data?.number && (customer
    ? <Button size="small" onClick={() => edit({ of: { id: customer.id }, call })}>{words.change}</Button>
    : <Flex gap="small"><Button size="small" type="primary" onClick={() => edit({ of: { call }, call })}>{words.add}</Button><Button size="small" onClick={() => choose(call)}>{words.belongs}</Button></Flex>);
  return (
    <Card size="small" title={words.one} extra={buttons}>
      {found.isError ? <Fault fault={found.error} retry={() => void found.refetch()} /> : !found.data ? <Skeleton active paragraph={{ rows: 2 }} /> : (
        <>
          {customer ? <Flex gap="small" align="center" wrap><Typography.Text strong>{customer.name}</Typography.Text><LevelTag level={customer.level} /></Flex> : <Typography.Text>{found.data.number ? words.unknown : words.noNumber}</Typography.Text>}
          <Descriptions size="small" column={1} items={rows(found.data, words, locale).map(([label, children]) => ({ key: label, label, children }))} />
          {history && customer && <CustomerHistory customer={customer.id} call={call} />}
        </>
      )}
      {edited && <CustomerEditor of={edited.of} call={edited.call} close={() => edit(null)} />}
      {choosing && <Belongs call={choosing} close={() => choose(null)} />}
    </Card>
  );
}

function rows({ customer, number, calls, last, lastAgent }: Schema<"CallCustomer">, words: ReturnType<typeof useTexts>["customers"], locale: string): [string, string][] {
  const known: [string, string | null | undefined][] = [
    [words.number, number],
    [words.calls, String(calls)],
    [words.last, last && instant(last, locale)],
    [words.lastAgent, lastAgent],
    [words.note, customer?.note],
    ...(customer?.fields ?? []).map((field): [string, string] => [field.name ?? "", field.value ?? ""]),
  ];
  return known.filter((row): row is [string, string] => !!row[1]);
}

/** Gives the number of a call to a customer who is there already. */
function Belongs({ call, close }: { call: string; close: () => void }) {
  const { customers: words, agents } = useTexts();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const of = useOfCall(call);
  const give = useWriting<string>(list, (customer) => ask("PUT /api/v1/calls/{call}/customer", { path: { call }, body: { customer } }), {
    done: agents.saved,
    tells: true,
    after: () => {
      void client.invalidateQueries({ queryKey: [ofCall] });
      close();
    },
  });
  return (
    <Modal title={words.belongs} open onCancel={close} okText={agents.save} cancelText={agents.cancel} okButtonProps={{ disabled: !chosen }} confirmLoading={give.isPending} onOk={() => chosen && give.mutate(chosen)} destroyOnHidden>
      <Flex vertical gap={4}>
        <label htmlFor="belongs">{words.search}</label>
        <Picker id="belongs" list={list} of={of} {...(chosen ? { value: chosen } : {})} onChange={setChosen} />
      </Flex>
    </Modal>
  );
}
