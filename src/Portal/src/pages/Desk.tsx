import { useMutation } from "@tanstack/react-query";
import { App, AutoComplete, Button, Card, Flex, Form, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { useSession } from "../api/session";
import { presences, wantsReason } from "../floor/ForceState";
import { State } from "../floor/states";
import { useLive, type AgentLive } from "../live/useLive";
import { Fault, faultText } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { CallBack, CustomerNumber } from "../parts/Reveal";
import { Teach } from "../parts/Teach";
import { clock, instant, Since, useNow } from "../parts/times";
import { MissingSummaries } from "../summary/MissingSummaries";
import { useSpeech, useTexts } from "../texts/texts";

type Call = Schema<"CallRecord">;
type Presence = AgentLive["presence"];

/** An agent's first page: the own state, and the own calls. */
export default function Desk() {
  const words = useTexts().desk;
  const { data: me } = useSession();
  return (
    <>
      <Head title={words.title} />
      {me?.agent ? <><Own agent={me.agent} /><MissingSummaries /><Calls /></> : <Teach title={words.noAgent} help={words.noAgentHelp} />}
    </>
  );
}

const mine = ["agents"] as const;

function Own({ agent }: { agent: string }) {
  const texts = useTexts();
  const words = texts.desk;
  const { message } = App.useApp();
  const { board } = useLive(mine, agent);
  const [reasonFor, setReasonFor] = useState<Presence | null>(null);
  const now = useNow();
  const own = board.agents.get(agent);
  const choose = useMutation({
    mutationFn: (wish: { presence: Presence; reason: string | null }) => ask("PUT /api/v1/agents/{agent}/presence", { path: { agent }, body: wish }),
    onSuccess: () => setReasonFor(null),
    onError: (fault) => { const { message: title, detail } = faultText(fault, texts); void message.error(`${title} ${detail}`); },
  });
  return (
    <Card size="small" className="search">
      <Flex gap="middle" wrap align="center">
        <span role="status">{own ? <><State agent={own} /> <Since at={own.since} now={now} /></> : words.connecting}</span>
        <Flex gap="small" wrap role="group" aria-label={words.choose}>
          {presences.map((presence) => (
            <Button key={presence} type={own?.presence === presence && !own.notResponding ? "primary" : "default"} aria-pressed={own?.presence === presence} loading={choose.isPending && choose.variables.presence === presence}
              onClick={() => (wantsReason(presence) ? setReasonFor(presence) : choose.mutate({ presence, reason: null }))}>{texts.states[presence]}</Button>
          ))}
        </Flex>
        {own?.call && <Link to={`/calls/${own.call}`}>{words.present}</Link>}
      </Flex>
      {own?.notResponding && <p>{words.missed}</p>}
      {reasonFor && <Reason presence={reasonFor} pending={choose.isPending} choose={(reason) => choose.mutate({ presence: reasonFor, reason })} close={() => setReasonFor(null)} />}
    </Card>
  );
}

function Reason({ presence, pending, choose, close }: { presence: Presence; pending: boolean; choose: (reason: string) => void; close: () => void }) {
  const texts = useTexts();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal title={texts.states[presence]} open onCancel={close} okText={texts.agents.save} cancelText={texts.agents.cancel} confirmLoading={pending} onOk={form.submit} destroyOnHidden>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => choose(reason.trim())}>
        <Form.Item name="reason" label={texts.force.reason} rules={[{ required: true, whitespace: true, message: texts.force.reasonNeeded }]}><AutoComplete autoFocus defaultActiveFirstOption={false} maxLength={64} options={texts.force.reasons.map((value) => ({ value }))} /></Form.Item>
      </Form>
    </Modal>
  );
}

function Calls() {
  const { texts, locale } = useSpeech();
  const words = texts.calls;
  const calls = useParts<Call>("GET /api/v1/calls");
  if (calls.isError) return <Fault fault={calls.error} retry={() => void calls.refetch()} />;
  return (
    <Card size="small" title={texts.desk.calls} extra={<Button size="small" onClick={() => void calls.refetch()} loading={calls.isFetching}>{texts.app.refresh}</Button>}>
      <Grid<Call>
        name={texts.desk.calls} rowKey="id" loading={calls.isPending} dataSource={calls.data?.pages.flatMap((part) => part.items) ?? []}
        locale={{ emptyText: calls.isPending ? <span /> : <Teach title={texts.desk.none} help={texts.desk.noneHelp} /> }}
        columns={[
          { title: words.started, dataIndex: "startedAt", render: (at: string, call) => <Link to={`/calls/${call.id}`}>{instant(at, locale)}</Link> },
          { title: words.direction, dataIndex: "direction", render: (direction: string) => (texts.directions as Record<string, string>)[direction] ?? direction },
          { title: texts.desk.customer, key: "customer", render: (_, call) => <CustomerNumber number={call.direction === "outbound" ? call.to : call.from} of={{ call: call.id }} /> },
          { title: words.talk, dataIndex: "tTalk", align: "right", render: clock },
          { key: "back", render: (_, call) => call.direction !== "internal" && <CallBack of={{ call: call.id }} /> },
        ]}
        footer={calls.hasNextPage ? () => <Button block onClick={() => void calls.fetchNextPage()} loading={calls.isFetchingNextPage}>{texts.app.more}</Button> : undefined}
      />
    </Card>
  );
}
