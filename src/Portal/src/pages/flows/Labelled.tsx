import { useId, type ReactNode } from "react";

/** A field with its label, its help and its unit; the field takes the id. */
export function Labelled({ label, help, children }: { label: string; help?: string | undefined; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help && <span className="hint">{help}</span>}
    </div>
  );
}
