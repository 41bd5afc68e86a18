import { Button, Flex, Form, Input, InputNumber } from "antd";
import { useTexts } from "../texts/texts";

/** Skills with their levels: those of an agent, or those that a queue asks for. */
export function SkillRows({ title, help }: { title: string; help?: string }) {
  const { skills: words, agents: common } = useTexts();
  const needed = [{ required: true, message: common.required }];
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      {help && <p className="hint">{help}</p>}
      <Form.List name="skills">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, n) => (
              <Flex key={key} gap="small" align="start">
                <Form.Item name={[name, "skill"]} rules={[{ required: true, pattern: /^[a-z0-9-]{1,64}$/, message: common.idHelp }]}><Input placeholder={words.skill} aria-label={`${words.skill} ${n + 1}`} /></Form.Item>
                <Form.Item name={[name, "level"]} rules={needed}><InputNumber min={1} max={5} step={0.1} precision={1} aria-label={`${words.level} ${n + 1}`} /></Form.Item>
                <Button danger onClick={() => remove(name)} aria-label={`${words.remove} ${n + 1}`}>{common.remove}</Button>
              </Flex>
            ))}
            <Button size="small" onClick={() => add({ skill: "", level: 1 })}>{words.add}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

/** Priority and delay with which an agent serves each of the chosen queues. */
export function ProfileRows({ queues, name }: { queues: string[]; name: (queue: string) => string }) {
  const { skills: words } = useTexts();
  if (queues.length === 0) return null;
  return (
    <fieldset className="group">
      <legend>{words.profile}</legend>
      <p className="hint">{words.profileHelp}</p>
      {queues.map((queue) => (
        <Flex key={queue} gap="small" align="center" wrap role="group" aria-label={name(queue)} className="times">
          <span className="day">{name(queue)}</span>
          <Form.Item name={["profiled", queue, "priority"]} initialValue={1} noStyle><InputNumber min={1} max={99} prefix={words.priority} aria-label={`${words.priority} ${name(queue)}`} style={{ width: 150 }} /></Form.Item>
          <Form.Item name={["profiled", queue, "delaySeconds"]} initialValue={0} noStyle><InputNumber min={0} max={9999} prefix={words.delay} aria-label={`${words.delay} ${name(queue)}`} style={{ width: 170 }} /></Form.Item>
        </Flex>
      ))}
    </fieldset>
  );
}
