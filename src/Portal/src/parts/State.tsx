import { Tag } from "antd";

/** How something is, in a word whose colour can be read in both themes. */
export const State = ({ is, children }: { is: "good" | "doubtful" | "bad"; children: string }) => <Tag className={`state ${is}`}>{children}</Tag>;
