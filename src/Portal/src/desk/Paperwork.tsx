import { useState } from "react";
import { CustomerCard } from "../customers/CustomerCard";
import { MarkButtons } from "../summary/MarkButtons";
import { Script } from "../summary/Script";
import { SummaryForm } from "../summary/SummaryForm";

/** Who it is, what to say, and what came of it: of the present call, and of the last one until its summary is done. */
export function Paperwork({ call }: { call: string | null }) {
  const [kept, keep] = useState(call);
  if (call && call !== kept) keep(call);
  const shown = call ?? kept;
  if (!shown) return null;
  return (
    <div className="pair">
      <div className="attention"><CustomerCard call={shown} />{call && <MarkButtons key={call} call={call} />}<Script key={shown} call={shown} /></div>
      <SummaryForm key={shown} call={shown} done={() => { if (!call) keep(null); }} />
    </div>
  );
}
