import { useEffect } from "react";
import { useTexts } from "../texts/texts";
import type { Offer } from "./desk";

export const mayNotify = () => "Notification" in window && Notification.permission === "granted";

/** Tells of a call on the screen while another window is before this one. One of several tabs is enough: all name it alike. */
export function useNotice({ call, queue, firm, from }: Offer): void {
  const words = useTexts().pop;
  const [title, body] = [`${words.title} · ${firm.name}`, [from, queue?.name].filter(Boolean).join(" · ")];
  useEffect(() => {
    const before = document.title;
    document.title = title;
    const notice = mayNotify() && document.hidden ? new Notification(title, { body, tag: call, requireInteraction: true }) : null;
    if (notice) notice.onclick = () => { window.focus(); notice.close(); };
    return () => {
      document.title = before;
      notice?.close();
    };
  }, [call, title, body]);
}
