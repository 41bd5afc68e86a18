import { Alert, Button, Select, Switch } from "antd";
import { useState } from "react";
import { ask, Problem, type Schema } from "../api/client";
import type { Role } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { SettingsPage } from "../parts/settings";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";
import { tenantRoles } from "./Users";

type Policy = Schema<"AccessPolicyAnswer">;
interface Row { role: Role; seesNumbers: boolean; secondFactor: boolean; oneSession: boolean; allowedFrom: string[] }

const operation = "GET /api/v1/access-policy";

const rowsOf = (policy: Policy): Row[] => tenantRoles.map((role) => {
  const demanded = policy.signIn.find((one) => one.role === role);
  return { role, seesNumbers: policy.seesNumbers.includes(role), secondFactor: demanded?.secondFactor ?? false, oneSession: demanded?.oneSession ?? false, allowedFrom: demanded?.allowedFrom ?? [] };
});

const demands = (row: Row) => row.secondFactor || row.oneSession || row.allowedFrom.length > 0;

/** Who signs in whence and how, and who sees numbers in full, role by role. */
export default function AccessPolicy() {
  const { policy: words } = useTexts();
  return <SettingsPage title={words.title} read={operation}>{(policy) => <Rules policy={policy} />}</SettingsPage>;
}

function Rules({ policy }: { policy: Policy }) {
  const texts = useTexts();
  const words = texts.policy;
  const [rows, setRows] = useState(() => rowsOf(policy));
  const sent = rows.filter(demands);
  const seesNumbers = rows.filter((row) => row.seesNumbers).map((row) => row.role);
  const save = useWriting<Pick<Policy, "seesNumbers" | "signIn">>(operation, (body) => ask("PUT /api/v1/access-policy", { body }), { done: texts.agents.saved });
  const change = (role: Role, part: Partial<Row>) => setRows((now) => now.map((row) => (row.role === role ? { ...row, ...part } : row)));
  const toggle = (name: "seesNumbers" | "secondFactor" | "oneSession", label: string) => ({
    title: label, dataIndex: name,
    render: (on: boolean, row: Row) => <Switch size="small" aria-label={`${label} · ${texts.roles[row.role]}`} checked={on} onChange={(checked) => change(row.role, { [name]: checked })} />,
  });
  return (
    <>
      <Alert className="search" type="info" showIcon title={words.help} />
      <Grid<Row>
        name={words.title} rowKey="role" dataSource={rows}
        columns={[
          { title: texts.users.role, dataIndex: "role", render: (role: Role) => texts.roles[role] },
          toggle("seesNumbers", words.seesNumbers),
          toggle("secondFactor", words.secondFactor),
          toggle("oneSession", words.oneSession),
          { title: words.allowedFrom, dataIndex: "allowedFrom", width: 380, render: (blocks: string[], row) => <Select className="blocks" mode="tags" open={false} suffixIcon={null} aria-label={`${words.allowedFrom} · ${texts.roles[row.role]}`} placeholder={words.anywhere} tokenSeparators={[",", " "]} value={blocks} onChange={(allowedFrom: string[]) => change(row.role, { allowedFrom })} /> },
        ]}
      />
      {save.error && <Fault fault={named(save.error, sent.map((row) => texts.roles[row.role]))} />}
      <Button className="foot" type="primary" onClick={() => save.mutate({ seesNumbers, signIn: sent.map(({ role, secondFactor, oneSession, allowedFrom }) => ({ role, secondFactor, oneSession, allowedFrom })) })} loading={save.isPending}>{texts.agents.save}</Button>
    </>
  );
}

/** The API counts the policies it was sent; people know them by their roles. */
function named(fault: unknown, roles: string[]): unknown {
  if (!(fault instanceof Problem)) return fault;
  return new Problem(fault.status, fault.code, fault.detail, Object.fromEntries(Object.entries(fault.fields).map(([field, texts]) => [field.replace(/^signIn\[(\d+)\]\.?/, (_, n: string) => `${roles[Number(n)]} `), texts])));
}
