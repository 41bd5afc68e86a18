import { Alert } from "antd";
import { useSession } from "../api/session";
import { History, Today, useFreshCalls } from "../desk/OwnCalls";
import { PhoneBar, PhoneNotice } from "../desk/PhoneBar";
import { Pops } from "../desk/Pop";
import { OwnPresence } from "../desk/Presence";
import { useStation, type Station } from "../desk/standing";
import { Talk } from "../desk/Talk";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { useState } from "react";
import { CustomerCard } from "../customers/CustomerCard";
import { MarkButtons } from "../summary/MarkButtons";
import { MissingSummaries } from "../summary/MissingSummaries";
import { Script } from "../summary/Script";
import { SummaryForm } from "../summary/SummaryForm";
import { useTexts } from "../texts/texts";

/** An agent's first page: state and phone, what comes in, the present call, and what was done today. */
export default function Desk() {
  const words = useTexts().desk;
  const { data: me } = useSession();
  const station = useStation();
  return (
    <>
      <Head title={words.title} />
      {station ? <Workplace station={station} /> : !me?.agent && <Teach title={words.noAgent} help={words.noAgentHelp} />}
    </>
  );
}

function Workplace({ station }: { station: Station }) {
  const texts = useTexts();
  const { agent, desk, part, live } = station;
  useFreshCalls(part !== null);
  return (
    <>
      {live === "lost" && <Alert className="search" type="warning" showIcon banner title={texts.board.lost} />}
      <PhoneNotice />
      <OwnPresence />
      <MissingSummaries />
      <div className="desk">
        <div className="work">
          <Pops />
          {desk.call && part && <Talk call={desk.call} part={part} contact={desk.contact} />}
          <Papers call={desk.call?.id ?? null} />
          <History />
        </div>
        <div className="beside">
          <PhoneBar />
          <Today agent={agent} />
        </div>
      </div>
    </>
  );
}

/** Who it is, what to say, and what came of it; the call that has just ended keeps its papers until they are finished or the next one comes. */
function Papers({ call }: { call: string | null }) {
  const [last, keep] = useState(call);
  if (call && call !== last) keep(call);
  const shown = call ?? last;
  if (!shown) return null;
  return (
    <div className="pair" key={shown}>
      <div className="attention"><CustomerCard call={shown} />{call && <MarkButtons call={call} />}<Script call={shown} /></div>
      <SummaryForm call={shown} done={() => keep(null)} />
    </div>
  );
}
