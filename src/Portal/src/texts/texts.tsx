import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Texts } from "./zh";

export type Language = "zh" | "en";

/** Nobody loads the words of a language that he does not read. */
const catalogues: Record<Language, () => Promise<Texts>> = { zh: async () => (await import("./zh")).zh, en: async () => (await import("./en")).en };
const remembered = "callcenter-language";

export interface Spoken { language: Language; texts: Texts }

interface Speech extends Spoken { locale: string; choose: (language: Language) => void }

const Speaking = createContext<Speech | null>(null);

/** The choice of before, else the tenant's language, which the page's root element names. */
function first(): Language {
  const chosen = localStorage.getItem(remembered);
  if (chosen === "zh" || chosen === "en") return chosen;
  return document.documentElement.lang.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** A language with its words. */
export async function speak(language: Language = first()): Promise<Spoken> {
  return { language, texts: await catalogues[language]() };
}

/** @param spoken What is spoken at first. */
export function SpeechProvider({ spoken, children }: { spoken: Spoken; children: ReactNode }) {
  const [{ language, texts }, turnTo] = useState(spoken);
  useEffect(() => { document.documentElement.lang = language === "zh" ? "zh-CN" : "en"; }, [language]);
  const speech = useMemo<Speech>(() => ({
    language,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    texts,
    choose: (chosen) => {
      localStorage.setItem(remembered, chosen);
      void speak(chosen).then((now) => { if (now.language === first()) turnTo(now); }); // not if another was chosen meanwhile
    },
  }), [language, texts]);
  return <Speaking.Provider value={speech}>{children}</Speaking.Provider>;
}

export function useSpeech(): Speech {
  const speech = useContext(Speaking);
  if (!speech) throw new Error("there is no SpeechProvider");
  return speech;
}

export const useTexts = () => useSpeech().texts;
