import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Form, Input, Modal, Select, Skeleton } from "antd";
import { ask, type Schema } from "../../api/client";
import { asSheet } from "../../api/sheets";
import { Editor, idRule } from "../../parts/Editor";
import { Fault } from "../../parts/faults";
import { useWriting } from "../../parts/useWriting";
import { useTexts } from "../../texts/texts";
import { Times } from "./Times";

type Hours = Schema<"HoursAnswer">;
type Day = NonNullable<Hours["week"][number]["day"]>;
interface Time { from: string; to: string }
type Exception = Entry["exceptions"][number];
interface Entry { id: string; name: string; timeZone?: string | undefined; days: Partial<Record<Day, Time[]>>; exceptions: Array<{ date: string; name: string; open: Time[] }> }

const days: readonly Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const office: Time = { from: "09:00", to: "18:00" };
const fresh: Partial<Entry> = { days: Object.fromEntries(days.map((day, n) => [day, n < 5 ? [office] : []])), exceptions: [] };

const entryOf = (hours: Hours): Entry => ({
  id: hours.id, name: hours.name, timeZone: hours.timeZone ?? undefined, exceptions: hours.exceptions as Exception[],
  days: Object.fromEntries(days.map((day) => [day, hours.week.filter((time) => time.day === day).map(({ from, to }) => ({ from: from ?? "", to: to ?? "" }))])),
});

/** One week as it comes again and again, and the dates on which it does not count. */
export function HoursEditor({ id, close }: { id: string; close: () => void }) {
  const known = useQuery({ queryKey: ["GET /api/v1/hours", id], enabled: id !== "", queryFn: ({ signal }) => ask("GET /api/v1/hours/{hours}", { path: { hours: id }, signal }), ...asSheet });
  const title = useTexts().hours.edit;
  if (id !== "" && !known.data) return <Modal title={title} open onCancel={close} footer={null}>{known.isError ? <Fault fault={known.error} retry={() => void known.refetch()} /> : <Skeleton active />}</Modal>;
  return <Sheet id={id} initial={known.data ? entryOf(known.data) : fresh} close={close} />;
}

function Sheet({ id, initial, close }: { id: string; initial: Partial<Entry>; close: () => void }) {
  const { hours: words, agents, days: names } = useTexts();
  const [form] = Form.useForm<Entry>();
  const save = useWriting<Entry>("GET /api/v1/hours", ({ id: chosen, days: times, timeZone, ...rest }) => ask("PUT /api/v1/hours/{hours}", {
    path: { hours: id || chosen },
    body: { ...rest, timeZone: timeZone ?? null, exceptions: rest.exceptions ?? [], week: days.flatMap((day) => (times[day] ?? []).map((time) => ({ day, ...time }))) },
  }), { done: agents.saved, after: close });
  const needed = [{ required: true, message: agents.required }];
  const likeMonday = () => form.setFieldValue("days", { ...form.getFieldValue("days") as Entry["days"], ...Object.fromEntries(days.slice(1, 5).map((day) => [day, form.getFieldValue(["days", "monday"]) as Time[]])) });
  return (
    <Editor title={id ? words.edit : words.add} open form={form} initial={initial} fault={save.error} saving={save.isPending} save={save.mutate} close={close} width={720}>
      {!id && <Form.Item name="id" label={words.id} extra={agents.idHelp} rules={[{ required: true, ...idRule, message: agents.idHelp }]}><Input /></Form.Item>}
      <Form.Item name="name" label={words.name} rules={needed}><Input maxLength={100} /></Form.Item>
      <Form.Item name="timeZone" label={words.timeZone} extra={words.timeZoneHelp}><Select allowClear showSearch placeholder={words.firmsZone} options={Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }))} /></Form.Item>
      <fieldset className="group">
        <legend>{words.week}</legend>
        {days.map((day) => <Times key={day} name={["days", day]} label={names[day]} closed={words.closed} />)}
        <Flex justify="space-between" wrap gap="small"><span className="hint">{words.timesHelp}</span><Button size="small" onClick={likeMonday}>{words.likeMonday}</Button></Flex>
      </fieldset>
      <fieldset className="group">
        <legend>{words.exceptions}</legend>
        <p className="hint">{words.exceptionsHelp}</p>
        <Form.List name="exceptions">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }, n) => (
                <div key={key} className="exception">
                  <Flex gap="small" wrap align="start">
                    <Form.Item name={[name, "date"]} rules={needed}><Input type="date" aria-label={`${words.date} ${n + 1}`} /></Form.Item>
                    <Form.Item name={[name, "name"]} rules={needed}><Input maxLength={100} placeholder={words.occasion} aria-label={`${words.occasion} ${n + 1}`} /></Form.Item>
                    <Button danger onClick={() => remove(name)} aria-label={`${words.removeDate} ${n + 1}`}>{agents.remove}</Button>
                  </Flex>
                  <Times name={["exceptions", name, "open"]} inside={[name, "open"]} label={words.openNevertheless} closed={words.closed} />
                </div>
              ))}
              <Button onClick={() => add({ date: "", name: "", open: [] })}>{words.addDate}</Button>
            </>
          )}
        </Form.List>
      </fieldset>
    </Editor>
  );
}
