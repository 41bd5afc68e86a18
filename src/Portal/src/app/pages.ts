import { lazy, type ComponentType } from "react";
import type { Role } from "../api/session";
import type { Texts } from "../texts/zh";

interface Page { path: string; name: (texts: Texts) => string; roles: readonly Role[]; Page: ComponentType }

const floor: readonly Role[] = ["tenantAdmin", "dutyManager", "teamLeader"];
const reads: readonly Role[] = [...floor, "qaInspector"];
const operators: readonly Role[] = ["operator", "accountManager"];

/** The pages, in the order of the menu; each is loaded when it is first opened. The API decides what a role may do: this is what it is shown. */
export const pages: readonly Page[] = [
  { path: "/board", name: (texts) => texts.board.title, roles: floor, Page: lazy(() => import("../pages/Board")) },
  { path: "/calls", name: (texts) => texts.calls.title, roles: reads, Page: lazy(() => import("../pages/Calls")) },
  { path: "/agents", name: (texts) => texts.agents.title, roles: floor, Page: lazy(() => import("../pages/Agents")) },
  { path: "/queues", name: (texts) => texts.queues.title, roles: floor, Page: lazy(() => import("../pages/Queues")) },
  { path: "/numbers", name: (texts) => texts.numbers.title, roles: floor, Page: lazy(() => import("../pages/Numbers")) },
  { path: "/tenants", name: (texts) => texts.tenants.title, roles: operators, Page: lazy(() => import("../pages/operator/Tenants")) },
  { path: "/stock", name: (texts) => texts.stock.title, roles: operators, Page: lazy(() => import("../pages/operator/Stock")) },
  { path: "/trunks", name: (texts) => texts.trunks.title, roles: ["operator"], Page: lazy(() => import("../pages/operator/Trunks")) },
  { path: "/edges", name: (texts) => texts.edges.title, roles: ["operator"], Page: lazy(() => import("../pages/operator/Edges")) },
  { path: "/domains", name: (texts) => texts.domains.title, roles: ["tenantAdmin"], Page: lazy(() => import("../pages/Domains")) },
  { path: "/branding", name: (texts) => texts.branding.title, roles: ["tenantAdmin", "operator"], Page: lazy(() => import("../pages/Branding")) },
];

export const CallPage = lazy(() => import("../pages/Call"));

export const mayChange = (role: Role) => role === "tenantAdmin";
