import { AutoComplete, Form, Select } from "antd";
import { useReasons } from "../api/reasons";
import { useTexts } from "../texts/texts";

/** Why an agent is not ready or on a break: one of the firm's reasons, or any word where it has none. */
export function ReasonField({ presence, more = [], autoFocus = false }: { presence: string; more?: string[]; autoFocus?: boolean }) {
  const { force: words } = useTexts();
  const reasons = useReasons();
  return (
    <Form.Item name="reason" label={words.reason} rules={[{ required: true, whitespace: true, message: words.reasonNeeded }]}>
      {reasons.isEmpty
        ? <AutoComplete autoFocus={autoFocus} defaultActiveFirstOption={false} maxLength={64} options={[...new Set([...more, ...words.reasons])].map((value) => ({ value }))} />
        : <Select autoFocus={autoFocus} showSearch={{ optionFilterProp: "label" }} options={reasons.choices(presence)} />}
    </Form.Item>
  );
}
