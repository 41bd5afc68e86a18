import { DownOutlined, MenuOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useId, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { NavLink, useLocation } from "react-router";
import { useTexts } from "../texts/texts";
import { groups, type Group, type Page } from "./pages";

const rememberedHidden = "callcenter-menu", rememberedFolded = "callcenter-menu-folded";
const narrow = window.matchMedia("(max-width: 900px)");

function heard(tell: () => void) {
  narrow.addEventListener("change", tell);
  return () => narrow.removeEventListener("change", tell);
}

/** Whether the menu is there. Where there is room it stands beside the page and stays as it was left; else it is drawn over the page. */
export function useMenu() {
  const drawer = useSyncExternalStore(heard, () => narrow.matches);
  const [hidden, hide] = useState(() => localStorage.getItem(rememberedHidden) === "hidden");
  const [drawn, draw] = useState(false);
  const set = (open: boolean) => {
    if (drawer) return draw(open);
    localStorage.setItem(rememberedHidden, open ? "shown" : "hidden");
    hide(!open);
  };
  return { drawer, open: drawer ? drawn : !hidden, set };
}

export function MenuButton({ menu: { open, set } }: { menu: ReturnType<typeof useMenu> }) {
  const { menu: words } = useTexts();
  return <Button type="text" className="menu-button" icon={<MenuOutlined />} aria-label={words.toggle} aria-expanded={open} onClick={() => set(!open)} />;
}

/** The pages of one's role, group by group. Groups fold; the one where one comes to opens. */
export function Menu({ pages, chosen }: { pages: readonly Page[]; chosen?: () => void }) {
  const texts = useTexts();
  const { pathname } = useLocation();
  const [folded, fold] = useState<readonly string[]>(() => localStorage.getItem(rememberedFolded)?.split(" ") ?? []);
  const here = pages.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))?.group;
  useEffect(() => fold((now) => now.filter((group) => group !== here)), [here, pathname]);
  const toggle = (group: Group) => {
    const now = folded.includes(group) ? folded.filter((one) => one !== group) : [...folded, group];
    localStorage.setItem(rememberedFolded, now.join(" "));
    fold(now);
  };
  const own = groups.map((group) => ({ group, pages: pages.filter((page) => page.group === group) })).filter((one) => one.pages.length > 0);
  return (
    <nav className="side" aria-label={texts.app.menu} onClick={(event) => { if (event.target instanceof HTMLAnchorElement) chosen?.(); }}>
      {own.map(({ group, pages: inside }) => (
        <Folding key={group} name={texts.menu.groups[group]} open={!folded.includes(group)} toggle={() => toggle(group)}>
          {inside.map((page) => <li key={page.path}><NavLink to={page.path}>{page.name(texts)}</NavLink></li>)}
        </Folding>
      ))}
    </nav>
  );
}

function Folding({ name, open, toggle, children }: { name: string; open: boolean; toggle: () => void; children: ReactNode }) {
  const id = useId();
  return (
    <section>
      <button type="button" className="fold" aria-expanded={open} aria-controls={id} onClick={toggle}>{name}{open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}</button>
      <ul id={id} hidden={!open}>{children}</ul>
    </section>
  );
}

/** Over the page, until something is chosen or Escape is pressed; the browser keeps the focus inside. */
export function Drawer({ open, close, children }: { open: boolean; close: () => void; children: ReactNode }) {
  const { menu: words } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (open && !shown?.open) shown?.showModal();
    if (!open) shown?.close();
  }, [open]);
  return <dialog ref={dialog} className="drawer" aria-label={words.title} onClose={close} onClick={(event) => { if (event.target === dialog.current) close(); }}>{children}</dialog>;
}
