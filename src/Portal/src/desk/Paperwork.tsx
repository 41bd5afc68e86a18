import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../api/client";
import { CustomerCard } from "../customers/CustomerCard";
import { MarkButtons } from "../summary/MarkButtons";
import { Script } from "../summary/Script";
import { SummaryForm } from "../summary/SummaryForm";
import { useStation } from "./standing";

/** Who it is, what to say, and what came of it: of the present call, and of the last one until its summary is done. */
export function Paperwork({ call }: { call: string | null }) {
  const [paper, turnTo] = useState({ call, done: false });
  const unseen = useUnseen(paper.call);
  const now = call ?? unseen;
  if (now && now !== paper.call) turnTo({ call: now, done: false });
  if (!paper.call || (paper.done && !call)) return null;
  const shown = paper.call;
  return (
    <div className="pair">
      <div className="attention"><CustomerCard call={shown} />{call && <MarkButtons key={call} call={call} />}<Script key={shown} call={shown} /></div>
      <SummaryForm key={shown} call={shown} done={() => { if (!call) turnTo({ call: shown, done: true }); }} />
    </div>
  );
}

/** The call after which the agent has work to do, where this page has not seen it: it was opened, or loaded again, since. A call among colleagues leaves nothing to write. */
function useUnseen(seen: string | null): string | null {
  const { own } = useStation()!.desk;
  const call = own?.work === "afterCall" && own.call !== seen ? own.call : null;
  const { data } = useQuery({ queryKey: ["call", call], enabled: call !== null, queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}", { path: { call: call! }, signal }) });
  return data && data.direction !== "internal" ? call : null;
}
