import { Flex, Typography } from "antd";
import type { ReactNode } from "react";

/** A page's title, and what can be done there. */
export function Head({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Flex justify="space-between" align="center" wrap gap="small" className="head">
      <Typography.Title level={1}>{title}</Typography.Title>
      <Flex gap="small" wrap>{children}</Flex>
    </Flex>
  );
}
