import { Alert } from "antd";
import { isGuest } from "../api/ofCall";
import { useSession } from "../api/session";
import { History, Today, useFreshCalls } from "../desk/OwnCalls";
import { PhoneBar, PhoneNotice } from "../desk/PhoneBar";
import { Pops } from "../desk/Pop";
import { Paperwork } from "../desk/Paperwork";
import { OwnPresence } from "../desk/Presence";
import { useStation, type Station } from "../desk/standing";
import { Talk } from "../desk/Talk";
import { Head } from "../parts/Head";
import { Teach } from "../parts/Teach";
import { MissingSummaries } from "../summary/MissingSummaries";
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
  const guest = isGuest(useSession().data); // whose former calls are the firms'
  useFreshCalls(part !== null);
  return (
    <>
      {live === "lost" && <Alert className="search" type="warning" showIcon banner title={texts.board.lost} />}
      <PhoneNotice />
      <OwnPresence />
      {!guest && <MissingSummaries />}
      <div className="desk">
        <div className="work">
          <Pops />
          {desk.call && part && <Talk call={desk.call} part={part} contact={desk.contact} />}
          <Paperwork call={desk.call && desk.call.direction !== "internal" && part ? desk.call.id : null} />
          {!guest && <History />}
        </div>
        <div className="beside">
          <PhoneBar />
          {!guest && <Today agent={agent} />}
        </div>
      </div>
    </>
  );
}
