import { Button, Flex, Form, Input } from "antd";
import { useTexts } from "../../texts/texts";

type Path = Array<string | number>;

/** The times of one day: none, one, or several. */
export function Times({ name, inside = name, label, closed }: { name: Path; inside?: Path; label: string; closed: string }) {
  const { hours: words, agents } = useTexts();
  const needed = [{ required: true, message: agents.required }];
  return (
    <Form.List name={inside}>
      {(fields, { add, remove }) => (
        <Flex gap="small" wrap align="center" className="times" role="group" aria-label={label}>
          <span className="day">{label}</span>
          {fields.length === 0 && <span className="hint">{closed}</span>}
          {fields.map(({ key, name: at }, n) => (
            <Flex key={key} gap={4} align="center">
              <Form.Item name={[at, "from"]} rules={needed} noStyle><Input type="time" aria-label={`${label} ${words.from} ${n + 1}`} /></Form.Item>
              <span aria-hidden>–</span>
              <Form.Item name={[at, "to"]} rules={needed} noStyle><Input type="time" aria-label={`${label} ${words.to} ${n + 1}`} /></Form.Item>
              <Button size="small" type="text" onClick={() => remove(at)} aria-label={`${words.removeTime} ${label} ${n + 1}`}>×</Button>
            </Flex>
          ))}
          <Button size="small" onClick={() => add({ from: "09:00", to: "18:00" })} aria-label={`${words.addTime} ${label}`}>{words.addTime}</Button>
        </Flex>
      )}
    </Form.List>
  );
}
