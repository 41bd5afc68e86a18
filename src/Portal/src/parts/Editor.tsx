import { Button, Flex, Form, Modal, type FormInstance } from "antd";
import { useRef, type ReactNode } from "react";
import { useTexts } from "../texts/texts";
import { Fault } from "./faults";
import { useFieldFaults } from "./useFieldFaults";
import { useReturn } from "./useReturn";

interface Editing<Entry> {
  title: string;
  open: boolean;
  form: FormInstance<Entry>;
  initial: Partial<Entry>;
  fault: unknown;
  saving: boolean;
  save: (entry: Entry) => void;
  close: () => void;
  /** What the button says; "save" if nothing else. */
  submit?: string;
  width?: number;
  /** It is shown, and not to be changed. */
  reads?: boolean;
  children: ReactNode;
}

/** A form in a dialog. What the API has against a field stands at that field, the rest above the buttons. */
export function Editor<Entry extends object>({ title, open, form, initial, fault, saving, save, close, submit, width, reads = false, children }: Editing<Entry>) {
  const texts = useTexts();
  useReturn();
  useFieldFaults(form, fault);
  const fields = useRef<HTMLDivElement>(null);
  const begin = (shown: boolean) => { // else the focus would be on the cross that closes
    if (shown && !fields.current?.contains(document.activeElement)) fields.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  };
  return (
    <Modal title={title} open={open} onCancel={close} footer={null} destroyOnHidden afterOpenChange={begin} {...(width ? { width } : {})}>
      <div ref={fields}>
      <Form<Entry> form={form} layout="vertical" initialValues={initial} onFinish={save} preserve={false} disabled={reads}>
        {children}
        {fault ? <Form.Item><Fault fault={fault} /></Form.Item> : null}
        <Flex gap="small" justify="end">
          <Button onClick={close} disabled={false}>{texts.agents.cancel}</Button>
          {!reads && <Button type="primary" htmlType="submit" loading={saving}>{submit ?? texts.agents.save}</Button>}
        </Flex>
      </Form>
      </div>
    </Modal>
  );
}

/** An id as the API takes it. */
export const idRule = { pattern: /^[a-z0-9-]{1,64}$/ };
