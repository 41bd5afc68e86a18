import { AudioMutedOutlined, AudioOutlined, PauseOutlined, PhoneOutlined, CaretRightOutlined, SwapOutlined, TableOutlined, UsergroupAddOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Flex, Popover, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { ask } from "../api/client";
import { useOfCall } from "../api/ofCall";
import { CustomerNumber } from "../parts/Reveal";
import { Since, useNow } from "../parts/times";
import { useTexts } from "../texts/texts";
import { useCommands } from "./commands";
import type { CallLive, Offer, Part } from "./desk";
import { Directory } from "./Directory";
import { Keypad } from "./Keypad";
import { Contact } from "./Pop";
import { useShortcuts } from "./shortcuts";
import { useStation } from "./standing";

/** The call in which the agent is, and everything that can be done with it. */
export function Talk({ call, part, contact }: { call: CallLive; part: Part; contact: Offer | null }) {
  const words = useTexts().talk;
  const station = useStation()!;
  const { mutate, isPending, variables } = useCommands(call.id);
  const [keys, showKeys] = useState(false);
  const [sending, send] = useState(false);
  const of = useOfCall(call.id);
  const busy = (act: string) => isPending && variables.act === act;
  const hold = () => mutate({ act: part.held ? "retrieve" : "hold" });
  const mute = () => {
    station.phone.speaks(part.muted); // at once, whatever becomes of the word to the server
    mutate({ act: "mute", on: !part.muted }, { onError: () => station.phone.speaks(!part.muted) });
  };
  const leave = () => mutate({ act: "leave" });
  useShortcuts({ hangUp: leave, mute, keypad: () => showKeys((open) => !open), ...(part.aside ? {} : { hold, transfer: () => send(true) }) });
  return (
    <Card size="small" className="talk" title={<Title call={call} part={part} held={station.desk.heldSince} />}>
      <Flex vertical gap="middle">
        {contact ? <Contact offer={contact} /> : <Numbers call={call.id} />}
        <Flex gap="small" wrap role="group" aria-label={words.title}>
          {!part.aside && <Button icon={part.held ? <CaretRightOutlined /> : <PauseOutlined />} aria-pressed={part.held} aria-keyshortcuts="Alt+H" loading={busy("hold") || busy("retrieve")} onClick={hold}>{part.held ? words.retrieve : words.hold}</Button>}
          <Button icon={part.muted ? <AudioMutedOutlined /> : <AudioOutlined />} aria-pressed={part.muted} aria-keyshortcuts="Alt+M" onClick={mute}>{part.muted ? words.unmute : words.mute}</Button>
          <Popover open={keys} onOpenChange={showKeys} trigger="click" content={<Keypad press={(key) => { if (!station.phone.press(key)) mutate({ act: "keys", keys: key }); }} />}>
            <Button icon={<TableOutlined />} aria-expanded={keys} aria-keyshortcuts="Alt+K">{words.keypad}</Button>
          </Popover>
          {!part.aside && <Button icon={<SwapOutlined />} aria-keyshortcuts="Alt+T" onClick={() => send(true)}>{words.transfer}</Button>}
          <Button danger icon={<PhoneOutlined />} aria-keyshortcuts="Alt+X" loading={busy("leave")} onClick={leave}>{words.hangUp}</Button>
        </Flex>
        {(part.aside || part.reaching) && <Consultation part={part} reaching={part.reaching} act={(act) => mutate({ act })} />}
        {part.others.length > 0 && !part.aside && <Parties part={part} drop={(leg) => mutate({ act: "drop", leg })} />}
      </Flex>
      <Directory
        of={of} open={sending} close={() => send(false)} title={words.transfer} queues
        acts={[
          { name: words.consult, primary: true, forQueues: false, run: (to) => mutate({ act: "consult", to }) },
          { name: words.transferNow, forQueues: true, run: (to) => mutate({ act: "transfer", to }) },
        ]}
      />
    </Card>
  );
}

function Title({ call, part, held }: { call: CallLive; part: Part; held: number | null }) {
  const texts = useTexts();
  const now = useNow();
  const words = texts.talk;
  return (
    <Flex gap="small" align="center" wrap role="status">
      <Link to={`/calls/${call.id}`}>{(texts.directions as Record<string, string>)[call.direction] ?? call.direction}</Link>
      <span className="figures"><Since at={part.since} now={now} /></span>
      {part.held && <Tag className="state" color="orange">{words.held} {held && <Since at={new Date(held).toISOString()} now={now} />}</Tag>}
      {part.own.does === "intro" && <Tag className="state" color="blue">{words.intro}</Tag>}
      {part.away && <Tag className="state" color="red">{texts.phone.mending}</Tag>}
      {part.muted && <Tag className="state" color="red">{words.muted}</Tag>}
      {part.aside && <Tag className="state" color="cyan">{words.consulting}</Tag>}
      {call.recording.records && <Tag className="state">{call.recording.paused ? words.notRecording : words.recording}</Tag>}
    </Flex>
  );
}

/** A consultation: whoever asked decides how it goes on. */
function Consultation({ part, reaching, act }: { part: Part; reaching: boolean; act: (act: "complete" | "cancel" | "swap" | "conference") => void }) {
  const words = useTexts().talk;
  const there = part.consulted !== null;
  return (
    <Flex gap="small" wrap align="center" role="group" aria-label={words.consultation}>
      {reaching && <span role="status">{words.reaching}</span>}
      <Button type="primary" disabled={!there} onClick={() => act("complete")}>{words.complete}</Button>
      <Button disabled={!there} icon={<UsergroupAddOutlined />} onClick={() => act("conference")}>{words.conference}</Button>
      <Button disabled={!there} onClick={() => act("swap")}>{words.swap}</Button>
      <Button onClick={() => act("cancel")}>{words.cancel}</Button>
    </Flex>
  );
}

/** Who else is in the conference. */
function Parties({ part, drop }: { part: Part; drop: (leg: string) => void }) {
  const words = useTexts().talk;
  return (
    <ul className="parties" aria-label={words.conference}>
      {part.others.map((party) => (
        <li key={party.leg}>
          <span>{party.agent ?? words.outside}</span>
          <Button size="small" onClick={() => drop(party.leg)} aria-label={`${words.drop} ${party.agent ?? words.outside}`}>{words.drop}</Button>
        </li>
      ))}
    </ul>
  );
}

/** Of a call without a pop: dialled by the agent, or begun before the page was loaded. */
function Numbers({ call }: { call: string }) {
  const texts = useTexts();
  const record = useQuery({ queryKey: ["GET /api/v1/calls/{call}", call], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}", { path: { call }, signal }), retry: 3, retryDelay: 500 }); // its record is there within a second
  if (!record.data) return null;
  const { direction, from, to, queue } = record.data;
  return (
    <Flex gap="small" align="center" wrap>
      <span className="who"><CustomerNumber number={direction === "outbound" ? to : from} of={{ call }} /></span>
      {queue && <span>{texts.calls.queue}: {queue}</span>}
    </Flex>
  );
}
