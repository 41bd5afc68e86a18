import type { FormInstance } from "antd";
import { useEffect } from "react";
import { Problem } from "../api/client";
import { useTexts } from "../texts/texts";
import { saidOf } from "./said";

/** What the API has against a field stands at that field; what it has against a part that is no field of the form, at the whole of it. */
export function useFieldFaults<Entry>(form: FormInstance<Entry>, fault: unknown): void {
  const texts = useTexts();
  useEffect(() => {
    if (!(fault instanceof Problem)) return;
    const shown = new Set(form.getFieldsError().map((field) => field.name.join()));
    form.setFields(Object.entries(saidOf(fault.fields, texts)).map(([name, errors]) => {
      const path = name.split(/[.[\]]+/).filter(Boolean).map((part) => (/^\d+$/.test(part) ? Number(part) : part)); // week[0].from
      return { name: (shown.has(path.join()) ? path : path[0]) as never, errors };
    }));
  }, [fault, form, texts]);
}
