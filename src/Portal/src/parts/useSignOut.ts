import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../api/client";
import { forgetSession } from "../api/session";
import { useComplaint } from "../desk/complaint";

/** Ends the session. Where the server was not reached it goes on, and is not said to be over. */
export function useSignOut(before?: () => Promise<unknown> | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await before?.();
      await ask("DELETE /api/v1/session");
    },
    onSuccess: () => forgetSession(client),
    onError: useComplaint(),
  });
}
