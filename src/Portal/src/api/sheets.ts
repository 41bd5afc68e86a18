import { useQuery } from "@tanstack/react-query";
import { ask, type Operation } from "./client";

/**
 * How that is read with which a sheet is opened: anew each time, and then only after its own saves. The sheet stays as it is meanwhile, so that nothing typed is
 * ever replaced by what was read; what others changed is seen when it is opened again.
 */
export const asSheet = { gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export const useSheet = <Read extends Operation>(read: Read) => useQuery({ queryKey: [read, "sheet"], queryFn: ({ signal }) => ask(read, { signal }), ...asSheet });
