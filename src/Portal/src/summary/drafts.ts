/** The drafts that are open on this page. Whoever sends a customer on has them saved first, so that the next agent begins with every word. */
const open = new Set<() => Promise<void>>();

/** Until the answer is called. */
export function keepDraft(save: () => Promise<void>): () => void {
  open.add(save);
  return () => void open.delete(save);
}

/** What cannot be saved holds nobody up: it is tried again by itself. */
export const saveDrafts = () => Promise.allSettled([...open].map((save) => save()));
