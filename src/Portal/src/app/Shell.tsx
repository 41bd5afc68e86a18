import { Button, Flex, Layout, Result, Spin, Tag } from "antd";
import { lazy, Suspense, type ReactNode } from "react";
import { Link, Navigate, Route, Routes, useLocation } from "react-router";
import type { Me } from "../api/session";
import { useStation } from "../desk/standing";
import { Unbroken } from "../parts/Unbroken";
import { useSignOut } from "../parts/useSignOut";
import { useSpeech } from "../texts/texts";
import { tenantName, useLook } from "./look";
import { Drawer, Menu, MenuButton, useMenu } from "./Menu";
import { AccountPage, CallPage, pages, takesCalls, type Page } from "./pages";
import { Preferences } from "./Preferences";

const StationProvider = lazy(() => import("../desk/Station").then((module) => ({ default: module.StationProvider })));

/** Who is signed in, where one can go, and the page; around them the phone of who takes calls. */
export function Shell({ me }: { me: Me }) {
  return <WithStation me={me}><Frame me={me} /></WithStation>;
}

function WithStation({ me, children }: { me: Me; children: ReactNode }) {
  const { texts } = useSpeech();
  if (!me.agent || !takesCalls(me.role)) return children;
  return <Suspense fallback={<Spin size="large" className="wait" description={texts.app.loading} />}><StationProvider agent={me.agent}>{children}</StationProvider></Suspense>;
}

function Frame({ me }: { me: Me }) {
  const { texts } = useSpeech();
  const menu = useMenu();
  const { pathname } = useLocation();
  const own = pages.filter((page) => page.roles.includes(me.role) && (!page.needsAgent || me.agent));
  return (
    <Layout className="shell">
      <a className="skip" href="#content">{texts.app.skip}</a>
      <Layout.Header className="bar">
        <MenuButton menu={menu} />
        <Firm />
        {!menu.drawer && <Switches me={me} />}
      </Layout.Header>
      <div className="room">
        {menu.drawer
          ? <Drawer open={menu.open} close={() => menu.set(false)}><Menu pages={own} chosen={() => menu.set(false)} /><Switches me={me} /></Drawer>
          : menu.open && <Menu pages={own} />}
        <main id="content" tabIndex={-1}>
          <Suspense fallback={<Spin size="large" className="wait" description={texts.app.loading} />}>
            <Unbroken at={pathname}><Pages own={own} /></Unbroken>
          </Suspense>
        </main>
      </div>
    </Layout>
  );
}

function Pages({ own }: { own: readonly Page[] }) {
  const { texts } = useSpeech();
  return (
    <Routes>
      <Route path="/" element={own[0] ? <Navigate to={own[0].path} replace /> : <Result status="info" title={texts.app.noPages} subTitle={texts.app.noPagesHelp} />} />
      {own.map(({ path, Page }) => <Route key={path} path={path} element={<Page />} />)}
      {own.some((page) => page.path === "/calls" || page.path === "/desk") && <Route path="/calls/:id" element={<CallPage />} />}
      <Route path="/account" element={<AccountPage />} />
      <Route path="*" element={<Result status="404" title={texts.app.nothing} subTitle={texts.app.nothingHelp} extra={<Link to="/">{texts.app.home}</Link>} />} />
    </Routes>
  );
}

function Firm() {
  const { brand } = useLook();
  const name = brand.name ?? tenantName;
  return brand.logo ? <img className="mark" src={brand.logo.url} alt={name} /> : <strong className="firm">{name}</strong>;
}

function Switches({ me }: { me: Me }) {
  const { texts } = useSpeech();
  const station = useStation();
  const out = useSignOut(() => station?.phone.leave());
  return (
    <Flex gap="small" align="center" wrap className="switches">
      <Link to="/account" aria-label={`${texts.account.title} ${me.user}`}>{me.user}</Link>
      <Tag>{texts.roles[me.role]}</Tag>
      <Preferences />
      <Button size="small" onClick={() => out.mutate()} loading={out.isPending}>{texts.app.signOut}</Button>
    </Flex>
  );
}
