import { Alert, Button } from "antd";
import { Problem } from "../api/client";
import { useTexts } from "../texts/texts";
import type { Texts } from "../texts/zh";
import { said, saidOf } from "./said";

/** What went wrong, in the reader's language where we know the code and the sentence. */
export function faultText(fault: unknown, texts: Texts): { message: string; detail: string } {
  if (!(fault instanceof Problem)) return { message: texts.errors.title, detail: fault instanceof Error ? fault.message : texts.errors.unknown };
  const known = (texts.errors as Record<string, string>)[fault.code];
  const fields = Object.entries(saidOf(fault.fields, texts)).map(([field, faults]) => `${field}: ${faults.join(", ")}`);
  return { message: known ?? texts.errors.title, detail: [known && fault.status === 401 ? "" : said(fault.detail, texts), ...fields].filter(Boolean).join(" · ") };
}

export function Fault({ fault, retry }: { fault: unknown; retry?: () => void }) {
  const texts = useTexts();
  const { message, detail } = faultText(fault, texts);
  return <Alert type="error" showIcon title={message} description={detail} action={retry && <Button size="small" onClick={retry}>{texts.app.retry}</Button>} />;
}
