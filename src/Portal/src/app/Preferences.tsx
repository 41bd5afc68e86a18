import { Button } from "antd";
import { useSpeech } from "../texts/texts";
import { useLook } from "./look";

/** Language and colours, before and after the sign-in. */
export function Preferences() {
  const { language, texts, choose } = useSpeech();
  const { dark, toggle } = useLook();
  return (
    <>
      <Button size="small" type="text" lang={language === "zh" ? "en" : "zh"} onClick={() => choose(language === "zh" ? "en" : "zh")}>{texts.app.language}</Button>
      <Button size="small" type="text" aria-pressed={dark} onClick={toggle}>{dark ? texts.app.light : texts.app.dark}</Button>
    </>
  );
}
