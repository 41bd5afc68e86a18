import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { en } from "./en";
import { zh, type Texts } from "./zh";

export type Language = "zh" | "en";

const catalogues: Record<Language, Texts> = { zh, en };
const remembered = "callcenter-language";

interface Speech { language: Language; locale: string; texts: Texts; choose: (language: Language) => void }

const Speaking = createContext<Speech | null>(null);

/** The choice of before, else the tenant's language, which the page's root element names. */
function first(): Language {
  const chosen = localStorage.getItem(remembered);
  if (chosen === "zh" || chosen === "en") return chosen;
  return document.documentElement.lang.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  useEffect(() => { document.documentElement.lang = language === "zh" ? "zh-CN" : "en"; }, [language]);
  const speech = useMemo<Speech>(() => ({
    language,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    texts: catalogues[language],
    choose: (chosen) => { localStorage.setItem(remembered, chosen); setLanguage(chosen); },
  }), [language]);
  return <Speaking.Provider value={speech}>{children}</Speaking.Provider>;
}

export function useSpeech(): Speech {
  const speech = useContext(Speaking);
  if (!speech) throw new Error("there is no SpeechProvider");
  return speech;
}

export const useTexts = () => useSpeech().texts;
