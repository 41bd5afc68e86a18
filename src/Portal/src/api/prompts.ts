import type { Schema } from "./client";
import { useAll } from "./lists";

/** What can be played: the firm's own prompts by name, then those that come with the product by id. */
export function usePromptChoices(own: string, shipped: string, enabled = true) {
  const mine = useAll<Schema<"PromptAnswer">>("GET /api/v1/prompts", enabled);
  const theirs = useAll<Schema<"ShippedPrompt">>("GET /api/v1/shippedprompts", enabled);
  return [
    { label: own, options: mine.data?.map(({ id, name }) => ({ value: id, label: name })) ?? [] },
    { label: shipped, options: theirs.data?.filter(({ id }) => !mine.data?.some((one) => one.id === id)).map(({ id }) => ({ value: id, label: id })) ?? [] },
  ].filter((group) => group.options.length > 0);
}
