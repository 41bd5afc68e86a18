import { Alert, Button, Flex, Form, Input, Popconfirm, Tag } from "antd";
import { useState } from "react";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { Editor } from "../parts/Editor";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { State } from "../parts/State";
import { Teach } from "../parts/Teach";
import { instant } from "../parts/times";
import { useWriting } from "../parts/useWriting";
import { useSpeech } from "../texts/texts";

type Domain = Schema<"DomainAnswer">;

const list = "GET /api/v1/domains";
const states = { valid: "good", expiring: "doubtful", expired: "bad" } as const;

/** The names under which browsers find the firm, and what each shows for a certificate. */
export default function Domains() {
  const { texts, locale } = useSpeech();
  const words = texts.domains;
  const domains = useParts<Domain>(list);
  const [adding, add] = useState(false);
  const [shown, certify] = useState<string | null>(null);
  const remove = useWriting<string>(list, (host) => ask("DELETE /api/v1/domains/{host}", { path: { host } }), { done: texts.agents.removed, tells: true });
  const strip = useWriting<string>(list, (host) => ask("DELETE /api/v1/domains/{host}/certificate", { path: { host } }), { done: texts.agents.removed, tells: true });
  const button = <Button type="primary" onClick={() => add(true)}>{words.add}</Button>;
  return (
    <>
      <Head title={words.title}>{button}</Head>
      {domains.isError ? <Fault fault={domains.error} retry={() => void domains.refetch()} /> : (
        <Grid<Domain>
          name={words.title} rowKey="host" parts={domains}
          locale={{ emptyText: domains.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp}>{button}</Teach> }}
          columns={[
            { title: words.host, dataIndex: "host" },
            { key: "kind", render: (_, domain) => <Tag>{domain.isMain ? words.main : words.custom}</Tag> },
            { title: words.certificate, key: "certificate", render: (_, { certificate }) => (certificate ? <State is={states[certificate.state]}>{words[certificate.state]}</State> : words.platform) },
            { title: words.until, key: "until", render: (_, { certificate }) => certificate && <time dateTime={certificate.notAfter}>{instant(certificate.notAfter, locale)}</time> },
            { title: words.issuer, key: "issuer", render: (_, { certificate }) => certificate?.issuer },
            {
              key: "do",
              render: (_, domain) => (
                <Flex gap="small">
                  <Button size="small" onClick={() => certify(domain.host)}>{words.upload}</Button>
                  {domain.certificate && <Popconfirm title={words.removeCertificateSure} okText={texts.agents.remove} onConfirm={() => strip.mutate(domain.host)}><Button size="small">{words.removeCertificate}</Button></Popconfirm>}
                  {!domain.isMain && <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(domain.host)}><Button size="small" danger>{texts.agents.remove}</Button></Popconfirm>}
                </Flex>
              ),
            },
          ]}
        />
      )}
      {adding && <NewDomain close={() => add(false)} />}
      {shown && <Certificate host={shown} close={() => certify(null)} />}
    </>
  );
}

function NewDomain({ close }: { close: () => void }) {
  const { texts } = useSpeech();
  const words = texts.domains;
  const [form] = Form.useForm<{ domain: string }>();
  const save = useWriting<{ domain: string }>(list, ({ domain }) => ask("PUT /api/v1/domains/{host}", { path: { host: domain.trim() } }), { done: texts.agents.saved, after: close });
  return (
    <Editor title={words.add} open form={form} initial={{}} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      <Form.Item><Alert type="info" title={words.addHelp} /></Form.Item>
      <Form.Item name="domain" label={words.host} rules={[{ required: true, message: texts.agents.required }]}><Input maxLength={253} autoComplete="off" /></Form.Item>
    </Editor>
  );
}

interface Pair { chain: string; key: string }

function Certificate({ host, close }: { host: string; close: () => void }) {
  const { texts } = useSpeech();
  const words = texts.domains;
  const [form] = Form.useForm<Pair>();
  const save = useWriting<Pair>(list, (body) => ask("PUT /api/v1/domains/{host}/certificate", { path: { host }, body }), { done: texts.agents.saved, after: close });
  const needed = [{ required: true, message: texts.agents.required }];
  return (
    <Editor title={`${words.upload}: ${host}`} open form={form} initial={{}} fault={save.error} saving={save.isPending} save={save.mutate} close={close}>
      <Form.Item name="chain" label={words.chain} extra={words.chainHelp} rules={needed}><Input.TextArea rows={6} spellCheck={false} className="pem" /></Form.Item>
      <Form.Item name="key" label={words.key} extra={words.keyHelp} rules={needed}><Input.TextArea rows={5} spellCheck={false} autoComplete="off" className="pem" /></Form.Item>
    </Editor>
  );
}
