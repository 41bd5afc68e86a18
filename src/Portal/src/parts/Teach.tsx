import { Empty } from "antd";
import type { ReactNode } from "react";

/** An empty list that says what to do next. */
export function Teach({ title, help, children }: { title: string; help: string; children?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<><strong>{title}</strong><br />{help}</>}>
      {children}
    </Empty>
  );
}
