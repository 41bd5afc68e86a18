import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Flex, Input, Modal, Tag } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { ask, type Schema } from "../api/client";
import { State } from "../floor/states";
import { Fault } from "../parts/faults";
import { useTexts } from "../texts/texts";
import type { Target } from "./commands";

type Colleague = Schema<"Colleague">;
type Queue = Schema<"QueueToGo">;

/** What can be done with whom one has found. */
export interface DirectoryAct { name: string; primary?: boolean; forQueues: boolean; run: (to: Target) => void }

interface Choosing { open: boolean; close: () => void; title: string; queues?: boolean; acts: readonly DirectoryAct[]; of?: { call?: string } }

const shown = "12", fresh = 5_000, pause = 200; // rows; ms
const isNumber = /^\+?[\d\s-]{2,32}$/;

/** Colleagues with what they are doing, queues with who waits there, and any number one types. */
export function Directory({ open, close, title, queues = false, acts, of = {} }: Choosing) {
  const words = useTexts().directory;
  return (
    <Modal title={title} open={open} onCancel={close} footer={null} destroyOnHidden>
      <Search of={of} label={words.search} queues={queues} acts={acts.map((act) => ({ ...act, run: (to: Target) => { close(); act.run(to); } }))} />
    </Modal>
  );
}

function Search({ label, queues, acts, of }: { label: string; queues: boolean; acts: readonly DirectoryAct[]; of: { call?: string } }) {
  const words = useTexts().directory;
  const [typed, type] = useState("");
  const [sought, seek] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => seek(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const people = useQuery({ queryKey: ["directory", "agents", sought, of], refetchInterval: fresh, placeholderData: keepPreviousData, queryFn: ({ signal }) => ask("GET /api/v1/directory/agents", { query: { ...of, search: sought, limit: shown }, signal }) });
  const places = useQuery({ queryKey: ["directory", "queues", of], enabled: queues, refetchInterval: fresh, queryFn: ({ signal }) => ask("GET /api/v1/directory/queues", { query: { ...of, limit: "200" }, signal }) });
  const number = isNumber.test(typed.trim()) ? typed.trim().replace(/[\s-]/g, "") : null;
  const groups = (places.data?.items ?? []).filter((queue) => sought === "" || `${queue.name} ${queue.id}`.toLowerCase().includes(sought.toLowerCase()));
  const found = people.data?.items ?? [];
  return (
    <Flex vertical gap="small">
      <Input autoFocus allowClear aria-label={label} placeholder={label} maxLength={64} value={typed} onChange={(event) => type(event.target.value)} />
      {people.isError && <Fault fault={people.error} retry={() => void people.refetch()} />}
      <ul className="directory" aria-label={words.title} aria-busy={people.isFetching}>
        {number && <Row name={number} acts={acts} to={{ number }}><span>{words.number}</span></Row>}
        {found.map((one) => <Person key={one.id} one={one} acts={acts} />)}
        {groups.map((queue) => <Place key={queue.id} queue={queue} acts={acts.filter((act) => act.forQueues)} />)}
        {!number && found.length === 0 && groups.length === 0 && !people.isPending && <li>{words.nobody}</li>}
      </ul>
    </Flex>
  );
}

function Person({ one, acts }: { one: Colleague; acts: readonly DirectoryAct[] }) {
  return (
    <Row name={`${one.name} · ${one.extension}`} acts={acts} to={{ agent: one.id }} disabled={one.presence === "signedOut"}>
      <State agent={{ agent: one.id, presence: one.presence, work: one.work, notResponding: one.notResponding, since: one.since, reason: null, call: null }} />
    </Row>
  );
}

function Place({ queue, acts }: { queue: Queue; acts: readonly DirectoryAct[] }) {
  const { board, directory } = useTexts();
  return <Row name={queue.name} acts={acts} to={{ queue: queue.id }}><span>{directory.queue} <Tag>{board.waiting} {queue.waiting}</Tag><Tag>{board.free} {queue.agentsFree}</Tag></span></Row>;
}

function Row({ name, acts, to, disabled = false, children }: { name: string; acts: readonly DirectoryAct[]; to: Target; disabled?: boolean; children: ReactNode }) {
  return (
    <li>
      <Flex vertical><strong>{name}</strong>{children}</Flex>
      <Flex gap="small">{acts.map((act) => <Button key={act.name} size="small" type={act.primary ? "primary" : "default"} disabled={disabled} aria-label={`${act.name} ${name}`} onClick={() => act.run(to)}>{act.name}</Button>)}</Flex>
    </li>
  );
}
