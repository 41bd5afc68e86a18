import { lazy, type ComponentType } from "react";
import type { Role } from "../api/session";
import type { Texts } from "../texts/zh";

/** The parts of the menu, in its order. */
export const groups = ["floor", "people", "routing", "firm", "security", "platform"] as const;
export type Group = (typeof groups)[number];

/** @property needsAgent shown to who is made an agent only. */
export interface Page { path: string; name: (texts: Texts) => string; group: Group; roles: readonly Role[]; Page: ComponentType; needsAgent?: boolean }

const floor: readonly Role[] = ["tenantAdmin", "dutyManager", "teamLeader"];
const hearing: readonly Role[] = [...floor, "qaInspector", "trainer"];
const reads: readonly Role[] = [...hearing, "backOfficeHandler"];
const agents: readonly Role[] = ["agent", "trainee"];
const sets: readonly Role[] = ["tenantAdmin", "dutyManager"];
const admins: readonly Role[] = ["tenantAdmin"];
const operators: readonly Role[] = ["operator", "accountManager"];

/** The pages, in the order of the menu inside its groups; each is loaded when it is first opened. The API decides what a role may do: this is what it is shown. */
export const pages: readonly Page[] = [
  { path: "/desk", name: (texts) => texts.desk.title, group: "floor", roles: [...agents, "operatorAgent"], Page: lazy(() => import("../pages/Desk")) },
  { path: "/board", name: (texts) => texts.board.title, group: "floor", roles: floor, Page: lazy(() => import("../pages/Board")) },
  { path: "/desk", name: (texts) => texts.desk.title, group: "floor", roles: ["dutyManager", "teamLeader"], Page: lazy(() => import("../pages/Desk")), needsAgent: true },
  { path: "/calls", name: (texts) => texts.calls.title, group: "floor", roles: reads, Page: lazy(() => import("../pages/Calls")) },
  { path: "/recordings", name: (texts) => texts.recordings.title, group: "floor", roles: hearing, Page: lazy(() => import("../pages/Recordings")) },
  { path: "/voicemails", name: (texts) => texts.voicemails.title, group: "floor", roles: [...floor, "backOfficeHandler", ...agents], Page: lazy(() => import("../pages/Voicemails")) },
  { path: "/customers", name: (texts) => texts.customers.title, group: "floor", roles: [...floor, "qaInspector", ...agents], Page: lazy(() => import("../customers/CustomersPage")) },
  { path: "/agents", name: (texts) => texts.agents.title, group: "people", roles: floor, Page: lazy(() => import("../pages/Agents")) },
  { path: "/teams", name: (texts) => texts.teams.title, group: "people", roles: floor, Page: lazy(() => import("../pages/teams/Teams")) },
  { path: "/reasons", name: (texts) => texts.reasons.title, group: "people", roles: sets, Page: lazy(() => import("../pages/teams/Reasons")) },
  { path: "/queues", name: (texts) => texts.queues.title, group: "routing", roles: floor, Page: lazy(() => import("../pages/Queues")) },
  { path: "/flows", name: (texts) => texts.flows.title, group: "routing", roles: sets, Page: lazy(() => import("../pages/Flows")) },
  { path: "/prompts", name: (texts) => texts.prompts.title, group: "routing", roles: sets, Page: lazy(() => import("../pages/Prompts")) },
  { path: "/hours", name: (texts) => texts.hours.title, group: "routing", roles: floor, Page: lazy(() => import("../pages/Hours")) },
  { path: "/numbers", name: (texts) => texts.numbers.title, group: "routing", roles: floor, Page: lazy(() => import("../pages/Numbers")) },
  { path: "/call-types", name: (texts) => texts.callTypes.title, group: "firm", roles: admins, Page: lazy(() => import("../summary/CallTypesPage")) },
  { path: "/cti", name: (texts) => texts.cti.title, group: "firm", roles: admins, Page: lazy(() => import("../desk/CtiPage")) },
  { path: "/users", name: (texts) => texts.users.title, group: "people", roles: ["tenantAdmin", "dutyManager"], Page: lazy(() => import("../pages/Users")) },
  { path: "/api-keys", name: (texts) => texts.apiKeys.title, group: "security", roles: admins, Page: lazy(() => import("../pages/ApiKeys")) },
  { path: "/access-policy", name: (texts) => texts.policy.title, group: "security", roles: admins, Page: lazy(() => import("../pages/AccessPolicy")) },
  { path: "/audit", name: (texts) => texts.audit.title, group: "security", roles: admins, Page: lazy(() => import("../pages/Audit")) },
  { path: "/tenants", name: (texts) => texts.tenants.title, group: "platform", roles: operators, Page: lazy(() => import("../pages/operator/Tenants")) },
  { path: "/operator-agents", name: (texts) => texts.operatorAgents.title, group: "platform", roles: ["operator"], Page: lazy(() => import("../pages/operator/OperatorAgents")) },
  { path: "/stock", name: (texts) => texts.stock.title, group: "platform", roles: operators, Page: lazy(() => import("../pages/operator/Stock")) },
  { path: "/trunks", name: (texts) => texts.trunks.title, group: "platform", roles: ["operator"], Page: lazy(() => import("../pages/operator/Trunks")) },
  { path: "/edges", name: (texts) => texts.edges.title, group: "platform", roles: ["operator"], Page: lazy(() => import("../pages/operator/Edges")) },
  { path: "/domains", name: (texts) => texts.domains.title, group: "firm", roles: ["tenantAdmin"], Page: lazy(() => import("../pages/Domains")) },
  { path: "/branding", name: (texts) => texts.branding.title, group: "firm", roles: ["tenantAdmin", "operator"], Page: lazy(() => import("../pages/Branding")) },
  { path: "/identity-provider", name: (texts) => texts.provider.title, group: "security", roles: ["tenantAdmin", "operator"], Page: lazy(() => import("../pages/IdentityProvider")) },
];

export const AccountPage = lazy(() => import("../pages/Account"));
export const CallPage = lazy(() => import("../pages/Call"));

/** Who has a station, if made an agent. */
export const takesCalls = (role: Role) => agents.includes(role) || role === "teamLeader" || role === "dutyManager" || role === "operatorAgent";

export const mayChange = (role: Role) => role === "tenantAdmin";
export const onFloor = (role: Role) => floor.includes(role);
export const mayReveal = onFloor;
export const hears = (role: Role) => hearing.includes(role);

/** Whether customers and summaries are shown. */
export const readsPeople = (role: Role) => [...floor, "qaInspector", ...agents, "operatorAgent"].includes(role);

/** Whether all calls are shown, or the own only. */
export const readsAll = (role: Role) => reads.includes(role);
