import { lazy, type ComponentType } from "react";
import type { Role } from "../api/session";
import type { Texts } from "../texts/zh";

interface Page { path: string; name: (texts: Texts) => string; roles: readonly Role[]; Page: ComponentType }

const floor: readonly Role[] = ["tenantAdmin", "dutyManager", "teamLeader"];
const hearing: readonly Role[] = [...floor, "qaInspector", "trainer"];
const reads: readonly Role[] = [...hearing, "backOfficeHandler"];
const agents: readonly Role[] = ["agent", "trainee"];
const sets: readonly Role[] = ["tenantAdmin", "dutyManager"];
const admins: readonly Role[] = ["tenantAdmin"];
const operators: readonly Role[] = ["operator", "accountManager"];

/** The pages, in the order of the menu; each is loaded when it is first opened. The API decides what a role may do: this is what it is shown. */
export const pages: readonly Page[] = [
  { path: "/desk", name: (texts) => texts.desk.title, roles: agents, Page: lazy(() => import("../pages/Desk")) },
  { path: "/board", name: (texts) => texts.board.title, roles: floor, Page: lazy(() => import("../pages/Board")) },
  { path: "/calls", name: (texts) => texts.calls.title, roles: reads, Page: lazy(() => import("../pages/Calls")) },
  { path: "/recordings", name: (texts) => texts.recordings.title, roles: hearing, Page: lazy(() => import("../pages/Recordings")) },
  { path: "/voicemails", name: (texts) => texts.voicemails.title, roles: [...floor, "backOfficeHandler", ...agents], Page: lazy(() => import("../pages/Voicemails")) },
  { path: "/customers", name: (texts) => texts.customers.title, roles: [...floor, "qaInspector", ...agents], Page: lazy(() => import("../customers/CustomersPage")) },
  { path: "/agents", name: (texts) => texts.agents.title, roles: floor, Page: lazy(() => import("../pages/Agents")) },
  { path: "/queues", name: (texts) => texts.queues.title, roles: floor, Page: lazy(() => import("../pages/Queues")) },
  { path: "/flows", name: (texts) => texts.flows.title, roles: sets, Page: lazy(() => import("../pages/Flows")) },
  { path: "/prompts", name: (texts) => texts.prompts.title, roles: sets, Page: lazy(() => import("../pages/Prompts")) },
  { path: "/hours", name: (texts) => texts.hours.title, roles: floor, Page: lazy(() => import("../pages/Hours")) },
  { path: "/numbers", name: (texts) => texts.numbers.title, roles: floor, Page: lazy(() => import("../pages/Numbers")) },
  { path: "/call-types", name: (texts) => texts.callTypes.title, roles: admins, Page: lazy(() => import("../summary/CallTypesPage")) },
  { path: "/users", name: (texts) => texts.users.title, roles: ["tenantAdmin", "dutyManager"], Page: lazy(() => import("../pages/Users")) },
  { path: "/api-keys", name: (texts) => texts.apiKeys.title, roles: admins, Page: lazy(() => import("../pages/ApiKeys")) },
  { path: "/access-policy", name: (texts) => texts.policy.title, roles: admins, Page: lazy(() => import("../pages/AccessPolicy")) },
  { path: "/audit", name: (texts) => texts.audit.title, roles: admins, Page: lazy(() => import("../pages/Audit")) },
  { path: "/tenants", name: (texts) => texts.tenants.title, roles: operators, Page: lazy(() => import("../pages/operator/Tenants")) },
  { path: "/stock", name: (texts) => texts.stock.title, roles: operators, Page: lazy(() => import("../pages/operator/Stock")) },
  { path: "/trunks", name: (texts) => texts.trunks.title, roles: ["operator"], Page: lazy(() => import("../pages/operator/Trunks")) },
  { path: "/edges", name: (texts) => texts.edges.title, roles: ["operator"], Page: lazy(() => import("../pages/operator/Edges")) },
  { path: "/domains", name: (texts) => texts.domains.title, roles: ["tenantAdmin"], Page: lazy(() => import("../pages/Domains")) },
  { path: "/branding", name: (texts) => texts.branding.title, roles: ["tenantAdmin", "operator"], Page: lazy(() => import("../pages/Branding")) },
];

export const AccountPage = lazy(() => import("../pages/Account"));
export const CallPage = lazy(() => import("../pages/Call"));

export const mayChange = (role: Role) => role === "tenantAdmin";
export const onFloor = (role: Role) => floor.includes(role);
export const mayReveal = onFloor;
export const hears = (role: Role) => hearing.includes(role);

/** Whether customers and summaries are shown. */
export const readsPeople = (role: Role) => [...floor, "qaInspector", ...agents].includes(role);

/** Whether all calls are shown, or the own only. */
export const readsAll = (role: Role) => reads.includes(role);
