import { App } from "antd";
import { useCallback } from "react";
import { Problem } from "../api/client";
import { faultText } from "../parts/faults";
import { useTexts } from "../texts/texts";

/** Says what the API has against something; in words of one's own where it is too late for it. */
export function useComplaint(tooLate?: string) {
  const texts = useTexts();
  const { message } = App.useApp();
  return useCallback((fault: unknown) => {
    if (tooLate && fault instanceof Problem && fault.status === 409) return void message.info(tooLate);
    const { message: title, detail } = faultText(fault, texts);
    void message.error(`${title} ${detail}`);
  }, [texts, message, tooLate]);
}
