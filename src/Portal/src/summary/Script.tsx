import { useQuery } from "@tanstack/react-query";
import { Card } from "antd";
import { ask, Problem, type Schema } from "../api/client";
import { useTexts } from "../texts/texts";

export type Step = NonNullable<Schema<"ScriptText">["step"]>;
export const steps: readonly Step[] = ["greet", "listen", "recap", "respond", "ask", "solve", "verify", "close"];

/** What an agent may say in a call, step by step. Says nothing where the firm has no card. */
export function Script({ call }: { call: string }) {
  const words = useTexts().scripts;
  const card = useQuery({
    queryKey: ["GET /api/v1/calls/{call}/script", call], queryFn: ({ signal }) => ask("GET /api/v1/calls/{call}/script", { path: { call }, signal }),
    retry: (times, fault) => fault instanceof Problem && fault.status === 404 && times < 8, retryDelay: 400,
  });
  if (!card.data?.steps.length) return null;
  return (
    <Card size="small" title={words.title}>
      <ol className="steps-said">{card.data.steps.map(({ step, text }) => step && <li key={step}><strong>{words.steps[step]}</strong><p className="wide">{text}</p></li>)}</ol>
    </Card>
  );
}
