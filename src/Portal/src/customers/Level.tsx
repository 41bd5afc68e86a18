import { Tag } from "antd";
import type { Schema } from "../api/client";
import { useTexts } from "../texts/texts";

export type Level = Schema<"CustomerAnswer">["level"];
export const levels: readonly Level[] = ["diamond", "gold", "silver", "normal"];

/** How much a customer means to the firm. */
export function LevelTag({ level }: { level: Level }) {
  return <Tag className={`state ${level === "diamond" || level === "gold" ? "good" : ""}`}>{useTexts().customers.levels[level]}</Tag>;
}
