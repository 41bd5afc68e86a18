import { Button, Flex, Form, Input, List, Modal, Popconfirm, Tag } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useQuery } from "@tanstack/react-query";
import { Fault } from "../../parts/faults";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";

const list = "GET /api/v1/operator/tenants/{tenant}/domains";

/** A tenant's host names, as the operator gives them. */
export function TenantDomains({ tenant, close }: { tenant: Schema<"TenantAnswer">; close: () => void }) {
  const { domains: words, agents } = useTexts();
  const [host, write] = useState("");
  const path = { tenant: tenant.id };
  const domains = useQuery({ queryKey: [list, tenant.id], queryFn: ({ signal }) => ask(list, { path, signal }) });
  const add = useWriting<string>(list, (name) => ask("PUT /api/v1/operator/tenants/{tenant}/domains/{host}", { path: { ...path, host: name } }), { done: agents.saved, after: () => write("") });
  const remove = useWriting<string>(list, (name) => ask("DELETE /api/v1/operator/tenants/{tenant}/domains/{host}", { path: { ...path, host: name } }), { done: agents.removed, tells: true });
  return (
    <Modal title={`${words.title}: ${tenant.name}`} open onCancel={close} footer={null}>
      {domains.isError && <Fault fault={domains.error} />}
      <List
        size="small" loading={domains.isPending} dataSource={domains.data?.items ?? []} rowKey="host"
        renderItem={(domain) => (
          <List.Item actions={domain.isMain ? [] : [<Popconfirm key="remove" title={words.removeSure} okText={agents.remove} onConfirm={() => remove.mutate(domain.host)}><Button size="small" danger>{agents.remove}</Button></Popconfirm>]}>
            <Flex gap="small">{domain.host}<Tag>{domain.isMain ? words.main : words.custom}</Tag></Flex>
          </List.Item>
        )}
      />
      {add.isError && <Fault fault={add.error} />}
      <Form layout="vertical" onFinish={() => add.mutate(host.trim())}>
        <Form.Item label={words.host} htmlFor="tenant-host"><Input id="tenant-host" value={host} onChange={(e) => write(e.target.value)} maxLength={253} /></Form.Item>
        <Button type="primary" htmlType="submit" disabled={host.trim() === ""} loading={add.isPending}>{words.add}</Button>
      </Form>
    </Modal>
  );
}
