import { useQueryClient } from "@tanstack/react-query";
import { Button, Card, ConfigProvider, Flex, Form, Input, Spin, Tag, Typography, Upload } from "antd";
import { useEffect, useState } from "react";
import { canBeRead, contrast, isColour, type Brand } from "../app/brand";
import { coloursOf, tenantName, useLook } from "../app/look";
import { ask } from "../api/client";
import { useSheet } from "../api/sheets";
import { Fault } from "../parts/faults";
import { Head } from "../parts/Head";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";

const list = "GET /api/v1/branding";
const kinds = ["logo", "favicon", "signIn"] as const;
type Kind = (typeof kinds)[number];
type Draft = Record<"name" | "colour" | "barColour" | "barText", string>;

const ground = "#f5f6f8", plainBar = "#ffffff", plainText = "#1f1f1f", plainColour = "#1257c0";
const draftOf = (brand: Brand): Draft => ({ name: brand.name ?? "", colour: brand.colour ?? "", barColour: brand.barColour ?? "", barText: brand.barText ?? "" });

/** How the firm looks, and how it will. */
export default function Branding() {
  const { branding: words, agents } = useTexts();
  const { show } = useLook();
  const branding = useSheet(list);
  const [draft, setDraft] = useState<Draft | null>(null);
  const stored = branding.data;
  useEffect(() => { if (!stored) return; setDraft((typed) => typed ?? draftOf(stored)); show(stored); }, [stored, show]);
  const save = useWriting<Draft>(list, (wanted) => ask("PUT /api/v1/branding", { body: wanted }), { done: words.saved });
  if (branding.isError && !stored) return <Fault fault={branding.error} retry={() => void branding.refetch()} />;
  if (!stored || !draft) return <Spin size="large" className="wait" />;
  const set = (name: keyof Draft) => (value: string) => setDraft({ ...draft, [name]: value });
  return (
    <>
      <Head title={words.title}>
        <Button onClick={() => setDraft({ ...draft, colour: "", barColour: "", barText: "" })}>{words.reset}</Button>
        <Button type="primary" htmlType="submit" form="branding" loading={save.isPending}>{agents.save}</Button>
      </Head>
      <div className="sides">
        <Form id="branding" layout="vertical" onFinish={() => save.mutate(draft)}>
          {save.isError && <Form.Item><Fault fault={save.error} /></Form.Item>}
          <Form.Item label={words.name} htmlFor="brand-name" extra={words.nameHelp}><Input id="brand-name" maxLength={60} placeholder={tenantName} value={draft.name} onChange={(e) => set("name")(e.target.value)} /></Form.Item>
          <Colour id="colour" label={words.colour} help={words.colourHelp} value={draft.colour} plain={plainColour} against={ground} change={set("colour")} />
          <Colour id="barColour" label={words.barColour} value={draft.barColour} plain={plainBar} against={draft.barText || plainText} change={set("barColour")} />
          <Colour id="barText" label={words.barText} value={draft.barText} plain={plainText} against={draft.barColour || plainBar} change={set("barText")} />
          <Typography.Title level={2} style={{ fontSize: 16 }}>{words.pictures}</Typography.Title>
          <Typography.Paragraph type="secondary">{words.formats}</Typography.Paragraph>
          <div className="pictures">{kinds.map((kind) => <Picture key={kind} kind={kind} brand={stored} />)}</div>
        </Form>
        <Preview brand={{ ...stored, name: draft.name || null, colour: isColour(draft.colour) ? draft.colour : null, barColour: isColour(draft.barColour) ? draft.barColour : null, barText: isColour(draft.barText) ? draft.barText : null }} />
      </div>
    </>
  );
}

interface Chosen { id: string; label: string; help?: string; value: string; plain: string; against: string; change: (value: string) => void }

function Colour({ id, label, help, value, plain, against, change }: Chosen) {
  const { branding: words } = useTexts();
  const known = value === "" || isColour(value);
  const shown = isColour(value) ? value : plain;
  const fault = !known ? words.notColour : isColour(against) && !canBeRead(shown, against) ? words.unreadable : null;
  return (
    <Form.Item label={label} htmlFor={id} validateStatus={fault ? "error" : ""} help={fault ?? help}>
      <Flex gap="small" align="center">
        <input type="color" aria-label={label} value={shown} onChange={(e) => change(e.target.value)} />
        <Input id={id} style={{ width: 140 }} maxLength={7} placeholder={words.plain} value={value} onChange={(e) => change(e.target.value.trim().toLowerCase())} />
        {known && isColour(against) && <Tag>{words.contrast} {contrast(shown, against).toFixed(1)} : 1</Tag>}
      </Flex>
    </Form.Item>
  );
}

function Picture({ kind, brand }: { kind: Kind; brand: Brand }) {
  const { branding: words } = useTexts();
  const client = useQueryClient();
  const after = () => void client.invalidateQueries({ queryKey: [list] });
  const put = useWriting<Blob>(list, (file) => ask("PUT /api/v1/branding/pictures/{kind}", { path: { kind }, file }), { done: words.saved, after, tells: true });
  const remove = useWriting<void>(list, () => ask("DELETE /api/v1/branding/pictures/{kind}", { path: { kind } }), { done: words.saved, after, tells: true });
  const picture = brand[kind];
  return (
    <div>
      <strong>{words[kind]}</strong>
      <div className="frame">{picture ? <img src={picture.url} alt={words[kind]} /> : <Typography.Text type="secondary">{words.none}</Typography.Text>}</div>
      <Flex gap={4} wrap>
        <Upload accept=".png,.jpg,.jpeg,.webp,.ico" showUploadList={false} beforeUpload={(file) => { put.mutate(file); return false; }}>
          <Button size="small" loading={put.isPending} aria-label={`${words.choose}: ${words[kind]}`}>{words.choose}</Button>
        </Upload>
        {picture && <Button size="small" danger onClick={() => remove.mutate()} loading={remove.isPending} aria-label={`${words.remove}: ${words[kind]}`}>{words.remove}</Button>}
      </Flex>
    </div>
  );
}

/** The top bar, a page and the sign-in as they will be, before anything is saved. */
function Preview({ brand }: { brand: Brand }) {
  const { branding: words, signIn } = useTexts();
  const { dark } = useLook();
  const name = brand.name ?? tenantName;
  const mark = brand.logo ? <img className="mark" src={brand.logo.url} alt={name} /> : <strong className="firm">{name}</strong>;
  const bar = { ...(brand.barColour ? { "--bar": brand.barColour } : {}), ...(brand.barText ? { "--bar-text": brand.barText } : {}) };
  return (
    <ConfigProvider theme={coloursOf(dark, brand)}>
      <section className="preview" aria-label={words.preview}>
        <div className="bar" style={bar as React.CSSProperties}>{mark}<span>{words.menu}</span></div>
        <div className="ground">
          <Flex gap="small" align="center"><Button type="primary">{words.button}</Button><Typography.Link>{words.link}</Typography.Link></Flex>
        </div>
        <div className="ground">
          <Card size="small" title={words.previewSignIn}>
            <Flex gap="middle" wrap>
              {brand.signIn && <img src={brand.signIn.url} alt="" style={{ width: 180, height: 140, objectFit: "cover", borderRadius: 6 }} />}
              <Flex vertical gap="small" style={{ flex: 1, minWidth: 160 }}>
                {mark}
                <Input aria-label={signIn.user} placeholder={signIn.user} disabled />
                <Button type="primary">{signIn.submit}</Button>
              </Flex>
            </Flex>
          </Card>
        </div>
      </section>
    </ConfigProvider>
  );
}
