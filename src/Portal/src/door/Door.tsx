import { Card, Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { tenantName, useLook } from "../app/look";
import { Preferences } from "../app/Preferences";

/** The frame of all that is seen before somebody is signed in. */
export function Frame({ title, children }: { title?: string; children: ReactNode }) {
  const { brand } = useLook();
  const door = (
    <main className="door">
      {brand.logo && <img className="mark" src={brand.logo.url} alt="" />}
      <Typography.Title level={1}>{tenantName}</Typography.Title>
      <Card title={title}>{children}</Card>
      <Flex justify="center" className="foot"><Preferences /></Flex>
    </main>
  );
  return brand.signIn ? <div className="entrance"><div className="view"><img src={brand.signIn.url} alt="" /></div>{door}</div> : door;
}
