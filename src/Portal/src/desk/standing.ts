import { createContext, useContext } from "react";
import type { LiveState } from "../live/useLive";
import type { Phone, PhoneView } from "../phone/Phone";
import type { Kind, Own } from "../phone/wire";
import type { Desk, Offer, Part } from "./desk";

/** The agent's station as pages use it. */
export interface Station {
  agent: string;
  desk: Desk;
  part: Part | null;
  live: LiveState;
  kind: Kind | undefined;
  phone: Phone;
  line: PhoneView;
  /** The phone of this tab is the agent's. */
  here: boolean;
  choose: (kind: Exclude<Kind, "number">) => void;
  choosing: boolean;
  /** The station as the API has it; undefined until it is read. */
  own: Own | undefined;
  /** It was chosen anew, and this is how it is now. */
  set: (now: Own) => void;
  answer: (offer: Offer) => void;
  reject: (offer: Offer) => void;
  /** The agent has begun this call: what rings here for it is answered at once. */
  expect: (call: string) => void;
}

export const Standing = createContext<Station | null>(null);

/** The agent's station, wherever in the portal one is; null for who is no agent. */
export const useStation = () => useContext(Standing);
