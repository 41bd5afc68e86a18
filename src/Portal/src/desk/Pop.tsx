import { ExportOutlined, PhoneFilled, StopOutlined } from "@ant-design/icons";
import { Button, Card, Descriptions, Flex, Tag, type DescriptionsProps } from "antd";
import { useEffect, type CSSProperties } from "react";
import { Link, useLocation } from "react-router";
import { clock, instant, useNow } from "../parts/times";
import { offerIs } from "../phone/wire";
import { useSpeech, useTexts } from "../texts/texts";
import type { Offer } from "./desk";
import { useNotice } from "./notice";
import { useShortcuts } from "./shortcuts";
import { useStation, type Station } from "./standing";

/** What comes in, as soon as it is offered; the phone rings once it is shown. */
export function Pops() {
  const station = useStation();
  const first = station?.desk.offers[0];
  useShortcuts(first ? { ...(answersHere(station) ? { answer: () => station.answer(first) } : {}), reject: () => station.reject(first) } : {});
  return <div aria-live="assertive">{station?.desk.offers.map((offer) => <Pop key={`${offer.call}/${offer.epoch}`} offer={offer} />)}</div>;
}

/** The same on all other pages, in a corner. */
export function Dock() {
  const station = useStation();
  const words = useTexts().pop;
  const { pathname } = useLocation();
  if (!station || pathname === "/desk" || (station.desk.offers.length === 0 && !station.part)) return null;
  return (
    <aside className="dock" aria-label={words.title}>
      <Pops />
      {station.part && <Card size="small"><Link to="/desk">{words.toDesk}</Link></Card>}
    </aside>
  );
}

/** Where the phone of this browser is, in this tab or in another one. */
const answersHere = ({ here, line }: Station) => here || line.line.at === "waiting";

function Pop({ offer }: { offer: Offer }) {
  const { pop: words } = useTexts();
  const station = useStation()!;
  const { call, epoch } = offer;
  useEffect(() => { void offerIs("shown", call, epoch).catch(() => {}); }, [call, epoch]); // told late or twice it does no harm, and too late it is gone
  useNotice(offer);
  const answers = answersHere(station);
  const left = Math.max(0, Date.parse(offer.until) - useNow());
  return (
    <Card size="small" className="pop" title={words.title} role="group" aria-label={words.title} style={stripe(offer)}>
      <Flex vertical gap="small">
        <Contact offer={offer} />
        <Flex gap="small" wrap align="center">
          {answers
            ? <Button type="primary" size="large" icon={<PhoneFilled />} aria-keyshortcuts="Alt+A" onClick={() => station.answer(offer)}>{words.answer}</Button>
            : <strong>{station.kind === "browser" ? words.phoneElsewhere : station.kind === "number" ? words.byNumber : words.byPhone}</strong>}
          <Button danger size="large" icon={<StopOutlined />} aria-keyshortcuts="Alt+R" onClick={() => station.reject(offer)}>{words.reject}</Button>
          <span className="figures" aria-hidden>{clock(left)}</span>
        </Flex>
      </Flex>
    </Card>
  );
}

/** A stripe in the colours of the firm that was rung. */
const stripe = ({ firm }: Offer): CSSProperties => (firm.colour ? { borderInlineStart: `8px solid ${firm.colour}` } : {});

/** Its name on its colour, with which white text is readable, as on its buttons. */
const plate = ({ firm }: Offer): CSSProperties => (firm.colour ? { background: firm.colour, color: "#fff" } : {});

/** Who calls, whom, and what is known already. */
export function Contact({ offer }: { offer: Offer }) {
  const { texts, locale } = useSpeech();
  const { pop: words, calls } = texts;
  const { customer, digits } = offer;
  const items: DescriptionsProps["items"] = [
    { key: "queue", label: calls.queue, children: offer.queue?.name ?? words.direct },
    ...(offer.staffNumber ? [{ key: "staff", label: words.staffNumber, children: <span className="figures">{offer.staffNumber}</span> }] : []),
    { key: "waited", label: words.waited, children: <span className="figures">{clock(offer.waited)}</span> },
    ...(customer ? [
      { key: "contacts", label: words.contacts, children: customer.calls },
      ...(customer.last ? [{ key: "last", label: words.last, children: instant(customer.last, locale) }] : []),
    ] : []),
    ...offer.visit.map((one) => ({ key: `v-${one.name}`, label: one.name, children: <span className="visit">{one.value}</span> })),
    ...digits.map((one) => ({ key: `d-${one.field}`, label: one.field, children: <span className="figures">{one.value}</span> })),
  ];
  return (
    <>
      <Flex gap="small" align="center" wrap>
        <strong className={offer.firm.colour ? "firm plate" : "firm"} style={plate(offer)}>{offer.firm.name}</strong>
        <span className="who figures">{customer?.name ?? offer.from ?? calls.withheld}</span>
        {customer?.name && <span className="figures">{offer.from ?? calls.withheld}</span>}
        {customer?.level && <Tag className="state">{customer.level}</Tag>}
        {offer.crm && <Button size="small" icon={<ExportOutlined />} href={offer.crm.url} target="_blank" rel="noopener noreferrer">{words.crm}</Button>}
      </Flex>
      <Descriptions size="small" column={{ xs: 1, sm: 2 }} items={items} />
      {offer.script && <p className="script">{offer.script}</p>}
    </>
  );
}
