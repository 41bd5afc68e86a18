import { useMutation } from "@tanstack/react-query";
import { Button, Card, Flex, Form, Modal } from "antd";
import { useState } from "react";
import { ask } from "../api/client";
import { useOfCall } from "../api/ofCall";
import { useReasons } from "../api/reasons";
import { presences, wantsReason } from "../floor/ForceState";
import { ReasonField } from "../floor/ReasonField";
import { State } from "../floor/states";
import type { AgentLive } from "../live/useLive";
import { clock, Since, useNow } from "../parts/times";
import { useTexts } from "../texts/texts";
import { useComplaint } from "./complaint";
import { useStation } from "./standing";

type Presence = AgentLive["presence"];

/** What the agent does, since when, and what comes next: a choice in a call counts from its end on. */
export function OwnPresence() {
  const texts = useTexts();
  const words = texts.desk;
  const complain = useComplaint();
  const { agent, desk: { own } } = useStation()!;
  const [reasonFor, setReasonFor] = useState<Presence | null>(null);
  const now = useNow();
  const choose = useMutation({
    mutationFn: (wish: { presence: Presence; reason: string | null }) => ask("PUT /api/v1/agents/{agent}/presence", { path: { agent }, body: wish }),
    onSuccess: () => setReasonFor(null),
    onError: complain,
  });
  const of = useOfCall(own?.call);
  const help = useMutation({
    mutationFn: (call: string | null) => (call ? ask("POST /api/v1/me/help", { query: of, body: { call } }) : ask("DELETE /api/v1/me/help", { query: of })),
    onError: complain,
  });
  const reasons = useReasons();
  const pause = own?.break;
  const later = own && own.work !== "idle";
  return (
    <Card size="small" className="search">
      <Flex gap="middle" wrap align="center">
        <span role="status">{own ? <><State agent={own} /> <span className="figures"><Since at={own.since} now={now} /></span></> : words.connecting}</span>
        {later && <span>{words.then} <strong>{texts.states[own.presence]}{own.reason ? ` · ${reasons.name(own.reason)}` : ""}</strong></span>}
        <Flex gap="small" wrap role="group" aria-label={later ? words.chooseNext : words.choose}>
          {presences.map((presence) => (
            <Button key={presence} type={own?.presence === presence && !own.notResponding ? "primary" : "default"} aria-pressed={own?.presence === presence} loading={choose.isPending && choose.variables.presence === presence}
              onClick={() => (wantsReason(presence) ? setReasonFor(presence) : choose.mutate({ presence, reason: null }))}>{texts.states[presence]}</Button>
          ))}
        </Flex>
        {own && pause?.state === "waits" && <Button onClick={() => choose.mutate({ presence: own.presence, reason: own.reason })}>{texts.breaks.takeBack}</Button>}
        {pause?.state === "goes" && pause.until && !pause.overrun && <span className="figures">{`${texts.breaks.left} ${clock(Date.parse(pause.until) - now)}`}</span>}
        {own?.call && own.work === "talking" && <Button danger={!own.helpSince} loading={help.isPending} onClick={() => help.mutate(own.helpSince ? null : own.call)}>{own.helpSince ? texts.breaks.helpDone : texts.breaks.help}</Button>}
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
        <ReasonField presence={presence} autoFocus />
      </Form>
    </Modal>
  );
}
