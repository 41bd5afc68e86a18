import { useMutation } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { Editor } from "../parts/Editor";
import { chooseNumber } from "../phone/wire";
import { useTexts } from "../texts/texts";
import { useStation } from "./standing";

interface Entry { number: string }

/** The outside telephone to which the agent has its calls come. */
export function NumberDialog({ close }: { close: () => void }) {
  const { phone: words, agents: common } = useTexts();
  const { own, set } = useStation()!;
  const [form] = Form.useForm<Entry>();
  const save = useMutation({ mutationFn: ({ number }: Entry) => chooseNumber(number.trim()), onSuccess: (now) => { set(now); close(); } });
  return (
    <Editor title={words.outsideTitle} open form={form} initial={{ number: own?.number ?? "" }} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      <Form.Item name="number" label={words.outsideNumber} extra={words.outsideHelp} rules={[{ required: true, whitespace: true, message: common.required }]}><Input type="tel" autoComplete="tel" /></Form.Item>
    </Editor>
  );
}
