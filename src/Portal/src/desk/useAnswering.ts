import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { Phone } from "../phone/Phone";
import { offerIs } from "../phone/wire";
import { useTexts } from "../texts/texts";
import { useComplaint } from "./complaint";
import type { Desk, Offer, Part } from "./desk";

/** ms; nobody joins a call later than that after answering it. */
const joining = 5_000;

/** Answers and rejects what is offered. What rings for a call that the agent has begun itself is answered at once. */
export function useAnswering({ offers }: Desk, part: Part | null, phone: Phone, here: boolean) {
  const complain = useComplaint(useTexts().pop.gone);
  const [answering, setAnswering] = useState<string | null>(null);
  const [expected, expect] = useState<string | null>(null);
  const { mutate } = useMutation({
    mutationFn: ({ what, offer }: { what: "answer" | "reject"; offer: Offer }) => offerIs(what, offer.call, offer.epoch),
    onError: (fault) => { setAnswering(null); complain(fault); },
  });
  const answer = useCallback((offer: Offer) => {
    phone.speaks(true); // before it is asked for: the customer hears the first word
    setAnswering(offer.call);
    mutate({ what: "answer", offer });
  }, [phone, mutate]);
  const reject = useCallback((offer: Offer) => mutate({ what: "reject", offer }), [mutate]);

  const inCall = part !== null;
  const speaking = answering !== null || (part !== null && !part.muted);
  useEffect(() => phone.speaks(speaking), [phone, speaking]);
  useEffect(() => {
    if (!answering) return;
    if (inCall) return setAnswering(null);
    const timer = setTimeout(() => setAnswering(null), joining);
    return () => clearTimeout(timer);
  }, [inCall, answering]);

  const own = offers.find((offer) => offer.call === expected);
  useEffect(() => {
    if (!own || !here) return;
    expect(null);
    answer(own);
  }, [own, here, answer]);
  return { answer, reject, expect, rings: !answering && offers.some((offer) => offer.ring && offer !== own) };
}
