import type { Texts } from "../texts/zh";

/** A sentence of the API in the reader's language, if that is not its own. */
export function said(sentence: string, { faults }: Texts): string {
  const plain = sentence.replace(/\.$/, "");
  const known = faults[plain];
  if (known) return known;
  for (const [phrase, words] of Object.entries(faults)) {
    if (!phrase.includes("{}")) continue;
    const found = pattern(phrase).exec(plain);
    if (found) return found.slice(1).reduce((text, part) => text.replace("{}", () => part), words);
  }
  return sentence;
}

export const saidOf = (fields: Record<string, string[]>, texts: Texts): Record<string, string[]> =>
  Object.fromEntries(Object.entries(fields).map(([field, sentences]) => [field, sentences.map((sentence) => said(sentence, texts))]));

const patterns = new Map<string, RegExp>();

function pattern(phrase: string): RegExp {
  const known = patterns.get(phrase);
  if (known) return known;
  const made = new RegExp(`^${phrase.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.+?)")}$`);
  patterns.set(phrase, made);
  return made;
}
