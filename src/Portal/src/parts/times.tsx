import { useEffect, useState } from "react";

/** Hours, minutes and seconds, as clocks show them. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The present instant, anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function Since({ at, now }: { at: string | null; now: number }) {
  return at ? <time dateTime={at}>{clock(now - Date.parse(at))}</time> : null;
}

/** Date and time in the reader's own time zone. */
export const instant = (at: string, locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "medium", hour12: false }).format(new Date(at));
