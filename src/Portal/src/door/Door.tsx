import { Card, Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { tenantName } from "../app/look";
import { Preferences } from "../app/Preferences";

/** The frame of all that is seen before somebody is signed in. */
export function Frame({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <main className="door">
      <Typography.Title level={1}>{tenantName}</Typography.Title>
      <Card title={title}>{children}</Card>
      <Flex justify="center" className="foot"><Preferences /></Flex>
    </main>
  );
}
