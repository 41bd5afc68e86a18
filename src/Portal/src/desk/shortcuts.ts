import { useEffect, useRef } from "react";

/** What can be done by Alt and a letter, wherever the focus is. */
export const shortcuts = { answer: "A", reject: "R", hangUp: "X", hold: "H", mute: "M", keypad: "K", transfer: "T", dial: "N" } as const;
/** As it stands on keyboards. */
export const withKey = "Alt";

export type Shortcut = keyof typeof shortcuts;

/** Keys are known by their place: with Alt a Mac writes other letters. */
export function useShortcuts(acts: Partial<Record<Shortcut, () => void>>): void {
  const now = useRef(acts);
  now.current = acts;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
      const shortcut = (Object.keys(shortcuts) as Shortcut[]).find((one) => event.code === `Key${shortcuts[one]}`);
      const act = shortcut && now.current[shortcut];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
