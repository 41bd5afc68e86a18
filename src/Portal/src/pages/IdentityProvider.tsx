import { Alert, Button, Card, Flex, Form, Input, Select, Switch, Typography } from "antd";
import { ask, type Schema } from "../api/client";
import type { Role } from "../api/session";
import { SettingsPage, useSettings } from "../parts/settings";
import { useTexts } from "../texts/texts";
import { tenantRoles } from "./Users";

type Provider = Schema<"ProviderAnswer">;
type Entry = Omit<Provider, "name" | "userClaim" | "groupsClaim" | "callback" | "hasSecret"> & Record<"name" | "userClaim" | "groupsClaim" | "clientSecret", string>;

const operation = "GET /api/v1/identity-provider";
const operatorRoles: readonly Role[] = ["operator", "accountManager", "operatorAgent"];
const rolesHere = () => (document.querySelector<HTMLMetaElement>('meta[name="host"]')?.content === "operator" ? operatorRoles : tenantRoles);

/** The firm's own identity provider, by which its people sign in. */
export default function IdentityProvider() {
  const { provider: words } = useTexts();
  return <SettingsPage title={words.title} read={operation}>{(provider) => <Settings provider={provider} />}</SettingsPage>;
}

function write({ clientSecret, groups, newRole, ...rest }: Entry) {
  return ask("PUT /api/v1/identity-provider", { body: { ...rest, groups: groups ?? [], newRole: newRole ?? null, ...(clientSecret ? { clientSecret } : {}) } });
}

function Settings({ provider }: { provider: Provider }) {
  const { provider: words, agents, roles: roleWords } = useTexts();
  const { callback, hasSecret, ...rest } = provider;
  const initial: Entry = { ...rest, name: rest.name ?? "", userClaim: rest.userClaim ?? "", groupsClaim: rest.groupsClaim ?? "", clientSecret: "" };
  const { given, foot } = useSettings<Entry>(operation, initial, write, ["clientSecret"]);
  const roles = rolesHere().map((role) => ({ value: role, label: roleWords[role] }));
  return (
    <Card className="settings">
      <Alert className="search" type="info" showIcon title={words.help} description={<Typography.Text copyable code>{callback}</Typography.Text>} />
      <Form<Entry> {...given}>
        <Form.Item name="enabled" label={words.enabled} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="issuer" label={words.issuer} extra={words.issuerHelp} rules={[{ required: true, message: agents.required }]}><Input maxLength={500} inputMode="url" /></Form.Item>
        <Form.Item name="clientId" label={words.clientId} rules={[{ required: true, message: agents.required }]}><Input maxLength={200} autoComplete="off" /></Form.Item>
        <Form.Item name="clientSecret" label={words.secret} extra={hasSecret ? words.secretKept : words.secretHelp}><Input.Password maxLength={1000} autoComplete="new-password" /></Form.Item>
        <Form.Item name="name" label={words.name} extra={words.nameHelp}><Input maxLength={60} /></Form.Item>
        <Form.Item name="scopes" label={words.scopes}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " "]} /></Form.Item>
        <Form.Item name="userClaim" label={words.userClaim} extra={words.userClaimHelp}><Input maxLength={200} /></Form.Item>
        <Form.Item name="groupsClaim" label={words.groupsClaim}><Input maxLength={200} /></Form.Item>
        <Groups roles={roles} />
        <Form.Item name="newRole" label={words.newRole}><Select allowClear placeholder={words.nobody} options={roles} /></Form.Item>
        <Form.Item name="trustsFactor" label={words.trustsFactor} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="passwords" label={words.passwords} extra={words.passwordsHelp} valuePropName="checked"><Switch /></Form.Item>
        {foot}
      </Form>
    </Card>
  );
}

function Groups({ roles }: { roles: { value: Role; label: string }[] }) {
  const { provider: words, users, agents } = useTexts();
  return (
    <Form.Item label={words.groups} extra={words.groupsHelp}>
      <Form.List name="groups">
        {(rows, { add, remove }) => (
          <Flex vertical gap="small">
            {rows.map(({ key, name }) => (
              <Flex key={key} gap="small" wrap>
                <Form.Item name={[name, "group"]} noStyle rules={[{ required: true, message: agents.required }]}><Input aria-label={`${words.group} ${name + 1}`} placeholder={words.group} maxLength={200} style={{ width: 260 }} /></Form.Item>
                <Form.Item name={[name, "role"]} noStyle rules={[{ required: true, message: agents.required }]}><Select aria-label={`${users.role} ${name + 1}`} placeholder={users.role} options={roles} style={{ width: 180 }} /></Form.Item>
                <Button onClick={() => remove(name)} aria-label={`${agents.remove}: ${words.group} ${name + 1}`}>{agents.remove}</Button>
              </Flex>
            ))}
            <Button style={{ alignSelf: "start" }} onClick={() => add()}>{words.addGroup}</Button>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  );
}
