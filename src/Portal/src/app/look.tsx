import { App as Antd, ConfigProvider, theme, type ThemeConfig } from "antd";
import english from "antd/locale/en_US";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useSpeech } from "../texts/texts";
import { brand, lighter, type Brand } from "./brand";
import { nonce } from "./nonce";

const remembered = "callcenter-theme";
const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);

/** Whose host this is. */
export const tenantName = meta("tenant")?.content ?? "";

interface Look { dark: boolean; toggle: () => void; brand: Brand; show: (brand: Brand) => void }
const Looking = createContext<Look>({ dark: false, toggle: () => {}, brand, show: () => {} });
export const useLook = () => useContext(Looking);

const locales = { zh: () => import("antd/locale/zh_CN"), en: () => import("antd/locale/en_GB") };
type Locale = Awaited<ReturnType<typeof locales.zh>>["default"];

/** Who has asked the system for no motion gets none (WCAG 2.3.3). */
const motion = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const alike = { motion, borderRadius: 6, fontFamily: "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" };

// Secondary text is darker, and links in the dark lighter, than the library's own: 4.5 : 1 at least (WCAG 1.4.3).
const lightColours: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: { ...alike, colorPrimary: "#1257c0", colorError: "#c21f1f", colorLink: "#1257c0", colorTextDescription: "rgba(0,0,0,0.65)", colorTextTertiary: "rgba(0,0,0,0.65)", colorTextPlaceholder: "rgba(0,0,0,0.6)" },
};
const darkColours: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: { ...alike, colorPrimary: "#1668dc", colorError: "#ff8a88", colorLink: "#78adff", colorTextDescription: "rgba(255,255,255,0.72)", colorTextTertiary: "rgba(255,255,255,0.7)", colorTextPlaceholder: "rgba(255,255,255,0.62)" },
};

/** The library's colours with the firm's own in their place. In the dark links are lightened until they can be read. */
export function coloursOf(dark: boolean, { colour }: Brand): ThemeConfig {
  const plain = dark ? darkColours : lightColours;
  if (!colour) return plain;
  return { ...plain, token: { ...plain.token, colorPrimary: colour, colorLink: dark ? lighter(colour) : colour } };
}

function firstDark(): boolean {
  const chosen = localStorage.getItem(remembered);
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Colours, fonts and the component library's own words. */
export function LookProvider({ children }: { children: ReactNode }) {
  const { language } = useSpeech();
  const [dark, setDark] = useState(firstDark);
  const [shown, show] = useState(brand);
  const [locale, setLocale] = useState<Locale>(english); // one that the library holds anyway: with none at first, the whole page would be made anew when it comes, and what was typed be lost
  useEffect(() => {
    let over = false;
    void locales[language]().then((words) => { if (!over) setLocale(words.default); });
    return () => { over = true; };
  }, [language]);
  useEffect(() => { document.documentElement.dataset.theme = dark ? "dark" : "light"; }, [dark]);
  useEffect(() => {
    const root = document.documentElement.style;
    const set = (name: string, value: string | null) => (value ? root.setProperty(name, value) : root.removeProperty(name));
    set("--brand", shown.colour);
    set("--brand-light", shown.colour && lighter(shown.colour));
    set("--bar", shown.barColour);
    set("--bar-text", shown.barText);
  }, [shown]);
  const look = useMemo<Look>(() => ({
    dark,
    brand: shown,
    show,
    toggle: () => setDark((was) => {
      localStorage.setItem(remembered, was ? "light" : "dark");
      return !was;
    }),
  }), [dark, shown]);
  const colours = useMemo(() => coloursOf(dark, shown), [dark, shown]);
  return (
    <Looking.Provider value={look}>
      <ConfigProvider csp={{ nonce }} theme={colours} button={{ autoInsertSpace: false }} locale={locale}>
        <Antd>{children}</Antd>
      </ConfigProvider>
    </Looking.Provider>
  );
}
