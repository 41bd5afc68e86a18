import { useEffect, useState } from "react";

/** When what was opened goes, the focus is again where it was before: who works by keys goes on there. */
export function useReturn() {
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    else document.getElementById("content")?.focus();
  }, [opener]);
}
