import { lazy, type ComponentType } from "react";
import type { Role } from "../api/session";
import type { Texts } from "../texts/zh";

interface Page { path: string; name: (texts: Texts) => string; roles: readonly Role[]; Page: ComponentType }

const floor: readonly Role[] = ["tenantAdmin", "dutyManager", "teamLeader"];
const admins: readonly Role[] = ["tenantAdmin"];
const reads: readonly Role[] = [...floor, "qaInspector"];

/** The pages, in the order of the menu; each is loaded when it is first opened. The API decides what a role may do: this is what it is shown. */
export const pages: readonly Page[] = [
  { path: "/board", name: (texts) => texts.board.title, roles: floor, Page: lazy(() => import("../pages/Board")) },
  { path: "/calls", name: (texts) => texts.calls.title, roles: reads, Page: lazy(() => import("../pages/Calls")) },
  { path: "/agents", name: (texts) => texts.agents.title, roles: floor, Page: lazy(() => import("../pages/Agents")) },
  { path: "/queues", name: (texts) => texts.queues.title, roles: floor, Page: lazy(() => import("../pages/Queues")) },
  { path: "/numbers", name: (texts) => texts.numbers.title, roles: floor, Page: lazy(() => import("../pages/Numbers")) },
  { path: "/users", name: (texts) => texts.users.title, roles: ["tenantAdmin", "dutyManager"], Page: lazy(() => import("../pages/Users")) },
  { path: "/api-keys", name: (texts) => texts.apiKeys.title, roles: admins, Page: lazy(() => import("../pages/ApiKeys")) },
  { path: "/access-policy", name: (texts) => texts.policy.title, roles: admins, Page: lazy(() => import("../pages/AccessPolicy")) },
  { path: "/audit", name: (texts) => texts.audit.title, roles: admins, Page: lazy(() => import("../pages/Audit")) },
];

export const AccountPage = lazy(() => import("../pages/Account"));
export const CallPage = lazy(() => import("../pages/Call"));

export const mayChange = (role: Role) => role === "tenantAdmin";
