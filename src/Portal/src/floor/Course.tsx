import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Segmented, Select } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { ask, type Schema } from "../api/client";
import { useQueues } from "../api/lists";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { useSpeech } from "../texts/texts";
import type { Texts } from "../texts/zh";

export type FloorStep = Required<Schema<"FloorStep">>; // the API leaves none out
type Told = Omit<Schema<"CourseAnswer">, "steps"> & { steps: FloorStep[] };

const Chart = lazy(() => import("./CourseChart"));
const anew = 60_000;
const pause = 1_000;
const lengths = ["1", "4", "12", "24"] as const;

/** True a moment after the page is of use: the chart's code is no part of the first load. */
function useIdle(ready: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => setIdle(true), pause);
    return () => clearTimeout(timer);
  }, [ready]);
  return idle;
}

/** How many waited and talked in the last hours, and the service level. */
export function Course({ ready }: { ready: boolean }) {
  const { texts, locale } = useSpeech();
  const words = texts.course;
  const [queue, setQueue] = useState("");
  const [hours, setHours] = useState<string>("4");
  const [form, setForm] = useState<"chart" | "table">("chart");
  const queues = useQueues();
  const idle = useIdle(ready);
  const course = useQuery({ queryKey: ["course", queue, hours], refetchInterval: anew, enabled: idle, queryFn: ({ signal }) => ask("GET /api/v1/floor/course", { query: { queue, hours }, signal }) as Promise<Told> });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
  const at = (step: FloorStep) => time.format(new Date(step.at));
  return (
    <Card size="small" title={words.title} extra={(
      <Flex gap="small" wrap>
        <Select size="small" className="choice" aria-label={words.queue} value={queue} onChange={setQueue} options={[{ value: "", label: words.allQueues }, ...(queues.data ?? []).map((one) => ({ value: one.id, label: one.name }))]} />
        <Select size="small" aria-label={words.length} value={hours} onChange={setHours} options={lengths.map((value) => ({ value, label: value === "1" ? words.hour : words.hours.replace("{hours}", value) }))} />
        <Segmented size="small" aria-label={words.form} value={form} onChange={setForm} options={[{ label: words.chart, value: "chart" }, { label: words.table, value: "table" }]} />
      </Flex>
    )}>
      {course.isError ? <Fault fault={course.error} retry={() => void course.refetch()} /> : form === "table" ? <Steps told={course.data} at={at} /> : (
        <div className="course" role="img" aria-label={course.data ? summary(course.data, texts) : words.title}>
          {course.data && <Suspense fallback={null}><Chart steps={course.data.steps} at={at} level={levelName(course.data, texts)} /></Suspense>}
        </div>
      )}
    </Card>
  );
}

export const share = (level: number | null) => (level === null ? "" : `${Math.round(level * 100)} %`);

const levelName = (told: Told | undefined, { course: words }: Texts) => words.level.replace("{seconds}", String(told?.inTime ?? ""));

/** The chart in one sentence. */
function summary({ steps }: Told, { course: words }: Texts): string {
  const most = (of: (step: FloorStep) => number) => steps.reduce((so, step) => Math.max(so, of(step)), 0);
  const sum = (of: (step: FloorStep) => number) => steps.reduce((so, step) => so + of(step), 0);
  const over = sum((step) => step.answered + step.lost);
  const level = over === 0 ? words.none : share(sum((step) => step.inTime) / over);
  const holes: Record<string, string> = { waiting: String(most((step) => step.waiting)), talking: String(most((step) => step.talking)), offered: String(sum((step) => step.offered)), level };
  return words.summary.replace(/\{(\w+)\}/g, (_, name: string) => holes[name] ?? "");
}

/** The same as figures, newest first. */
function Steps({ told, at }: { told: Told | undefined; at: (step: FloorStep) => string }) {
  const { texts } = useSpeech();
  const words = texts.course;
  return (
    <Grid<FloorStep>
      name={words.title} rowKey="at" loading={!told} dataSource={[...(told?.steps ?? [])].reverse()}
      columns={[
        { title: words.from, key: "at", render: (_, step) => at(step) },
        { title: words.waiting, dataIndex: "waiting", align: "right" },
        { title: words.talking, dataIndex: "talking", align: "right" },
        { title: words.offered, dataIndex: "offered", align: "right" },
        { title: words.answered, dataIndex: "answered", align: "right" },
        { title: words.lost, dataIndex: "lost", align: "right" },
        { title: levelName(told, texts), dataIndex: "serviceLevel", align: "right", render: share },
      ]}
    />
  );
}
