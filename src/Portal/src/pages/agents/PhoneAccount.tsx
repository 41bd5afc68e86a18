import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Flex, Modal, Skeleton, Typography } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../../api/client";
import { useAll } from "../../api/lists";
import { Fault } from "../../parts/faults";
import { useReturn } from "../../parts/useReturn";
import { useTexts } from "../../texts/texts";
import { makePassword } from "./phones";

/** What is typed into a phone so that it registers. The password is seen when it is made, and never again: a lost one is replaced. */
export function PhoneAccount({ name, extension, password, close }: { name: string; extension: string; password?: string | undefined; close: () => void }) {
  const { phones: words } = useTexts();
  useReturn();
  const domains = useAll<Schema<"DomainAnswer">>("GET /api/v1/domains");
  const [shown, show] = useState(password);
  const renew = useMutation({
    mutationFn: async () => {
      const made = makePassword();
      await ask("PUT /api/v1/extensions/{extension}", { path: { extension }, body: { password: made } });
      return made;
    },
    onSuccess: show,
  });
  const domain = domains.data?.find((one) => one.isMain)?.host ?? "";
  const told = (text: string) => <Typography.Text code copyable={{ tooltips: false }}>{text}</Typography.Text>;
  return (
    <Modal title={`${words.title} ${name}`} open onCancel={close} mask={{ closable: false }} footer={<Button type="primary" onClick={close}>{words.close}</Button>}>
      <Flex vertical gap="middle">
        {domains.isPending ? <Skeleton active /> : <Descriptions column={1} size="small" bordered items={[
          { key: "account", label: words.account, children: told(`${extension}@${domain}`) },
          { key: "server", label: words.server, children: told(domain) },
          { key: "user", label: words.user, children: told(extension) },
          { key: "password", label: words.password, children: shown ? told(shown) : <Button onClick={() => renew.mutate()} loading={renew.isPending}>{words.renew}</Button> },
        ]} />}
        {shown ? <Alert type="warning" showIcon title={words.once} /> : <Typography.Text type="secondary">{words.renewHelp}</Typography.Text>}
        {(domains.error ?? renew.error) && <Fault fault={domains.error ?? renew.error} />}
      </Flex>
    </Modal>
  );
}
