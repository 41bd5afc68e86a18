import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTexts } from "../texts/texts";
import type { Operation } from "../api/client";
import { faultText } from "./faults";

/** A change of a list's items: says that it is done, and has the list read anew. */
export function useWriting<Entry>(list: Operation, write: (entry: Entry) => Promise<unknown>, { done, after, tells = false }: { done: string; after?: () => void; tells?: boolean }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const texts = useTexts();
  return useMutation({
    mutationFn: write,
    onSuccess: async () => {
      void message.success(done);
      after?.();
      await client.invalidateQueries({ queryKey: [list] });
    },
    onError: (fault) => {
      if (!tells) return;
      const { message: title, detail } = faultText(fault, texts);
      void message.error(`${title} ${detail}`);
    },
  });
}
