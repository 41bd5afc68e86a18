import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Input, Spin, Tag } from "antd";
import { useEffect, useMemo, useState } from "react";
import { ask, Problem, type Schema } from "../../api/client";
import { useSession } from "../../api/session";
import { asSheet } from "../../api/sheets";
import { Fault } from "../../parts/faults";
import { Head } from "../../parts/Head";
import { saidOf } from "../../parts/said";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";
import { keepDraft, keptDraft, type Draft } from "./drafts";
import { faultsOf, type Definition } from "./model";
import { Outline } from "./Outline";
import { StepForm } from "./StepForm";

const list = "GET /api/v1/flows";

/** One flow: its outline, and a form for the step that is chosen. What is changed is a draft until it is published; it is kept in this browser meanwhile. */
export function FlowSheet({ id, ...shown }: { id: string; numbers: string[]; changes: boolean; close: () => void }) {
  const stored = useQuery({ queryKey: [list, "one", id], queryFn: ({ signal }) => ask("GET /api/v1/flows/{flow}", { path: { flow: id }, signal }), ...asSheet });
  if (stored.isLoadingError) return <Fault fault={stored.error} retry={() => void stored.refetch()} />;
  return stored.data ? <Sheet id={id} stored={stored.data} {...shown} /> : <Spin size="large" className="wait" />;
}

function Sheet({ id, stored, numbers, changes, close }: { id: string; stored: Schema<"FlowAnswer">; numbers: string[]; changes: boolean; close: () => void }) {
  const texts = useTexts();
  const words = texts.flows;
  const inForce = useMemo<Draft>(() => ({ name: stored.name, flow: stored.definition as Definition }), [stored]);
  const user = useSession().data?.user ?? "";
  const [kept] = useState(() => (changes ? keptDraft(user, id) : null));
  const [draft, write] = useState<Draft>(kept?.draft ?? inForce);
  const [base, beginWith] = useState(kept?.version ?? stored.version);
  const [chosen, choose] = useState<string | null>(draft.flow.start);
  const client = useQueryClient();
  const publish = useWriting<Draft>(list, (sent) => ask("PUT /api/v1/flows/{flow}", { path: { flow: id }, version: stored.version, body: { name: sent.name, definition: { ...sent.flow, schema: 2 } } })
    .then((answer) => {
      client.setQueryData([list, "one", id], answer);
      beginWith(answer.version);
      write((now) => (now === sent ? { name: answer.name, flow: answer.definition as Definition } : now)); // what was changed meanwhile is the next draft
    }), { done: words.published });
  const changed = JSON.stringify(draft) !== JSON.stringify(inForce);
  useEffect(() => { if (!changed) beginWith(stored.version); }, [changed, stored.version]);
  useEffect(() => { if (changes) keepDraft(user, id, changed ? { version: base, draft } : null); }, [changes, user, id, changed, base, draft]);
  const faults = faultsOf(publish.error instanceof Problem ? saidOf(publish.error.fields, texts) : {});
  const change = (flow: Definition, now: string | null = chosen) => { write({ ...draft, flow }); choose(now); };
  return (
    <>
      <Head title={draft.name}>
        <Button onClick={close}>{words.back}</Button>
        {changes && <Button disabled={!changed} onClick={() => { write(inForce); choose(inForce.flow.start); publish.reset(); }}>{words.discard}</Button>}
        {changes && <Button type="primary" disabled={!changed} loading={publish.isPending} onClick={() => publish.mutate(draft)}>{words.publish}</Button>}
      </Head>
      <Flex gap="small" wrap align="center" className="search">
        <Tag>{`${words.inForce} ${stored.version}`}</Tag>
        {changed && <strong>{words.draft}</strong>}
        {numbers.length > 0 ? <span>{`${words.numbers}: ${numbers.join(", ")}`}</span> : <span>{words.noNumbers}</span>}
      </Flex>
      {publish.error instanceof Problem && publish.error.code === "invalid"
        ? <Alert type="error" showIcon className="search" title={words.notPublished} description={<ul>{[...faults.others, ...[...faults.bySteps].flatMap(([step, texts]) => texts.map((text) => `${step} · ${text}`))].map((text) => <li key={text}>{text}</li>)}</ul>} />
        : publish.error && <div className="search"><Fault fault={publish.error} /></div>}
      {changed && base !== stored.version && <Alert type="warning" showIcon className="search" title={words.overtaken} />}
      <div className="flow">
        <section>
          {changes && <label className="named">{words.name}<Input value={draft.name} maxLength={100} onChange={(event) => write({ ...draft, name: event.target.value })} /></label>}
          <Outline flow={draft.flow} chosen={chosen} choose={choose} faults={faults.bySteps} />
        </section>
        {chosen !== null && draft.flow.nodes[chosen]
          ? <StepForm key={chosen} id={chosen} flow={draft.flow} faults={faults.bySteps.get(chosen) ?? []} changes={changes} change={change} />
          : <p className="hint">{words.chooseStep}</p>}
      </div>
    </>
  );
}
