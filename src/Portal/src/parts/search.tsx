import { Input, Select } from "antd";
import { useEffect, useState, type KeyboardEvent } from "react";
import { useSearchParams } from "react-router";
import { itemsOf, useParts } from "../api/lists";
import type { Operation } from "../api/client";
import { useTexts } from "../texts/texts";

/** What a list is searched for; it stands in the address, so that it can be handed on. */
export const useSought = () => useSearchParams()[0].get("search") ?? undefined;

export function SearchBox({ label }: { label: string }) {
  const [address, setAddress] = useSearchParams();
  const now = address.get("search") ?? "";
  return <Input.Search className="seek" key={now} allowClear aria-label={label} placeholder={label} maxLength={100} defaultValue={now} onSearch={(text) => setAddress(text.trim() ? { search: text.trim() } : {})} />;
}

const pause = 250;

/** Chooses one of a list that may be long: it is searched by the API, not loaded. What was found for another text is no choice; Enter before the answer means its first. */
export function Picker({ list, id, value, onChange, of = {} }: { list: Operation; id?: string; value?: string; onChange?: (value: string) => void; of?: { call?: string } }) {
  const texts = useTexts();
  const [open, show] = useState(false);
  const [typed, type] = useState("");
  const [sought, seek] = useState("");
  const [wanted, want] = useState(""); // of what is found for it the first is taken, also by who has gone on to the next field
  useEffect(() => {
    const timer = setTimeout(() => seek(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useParts<{ id: string; name?: string }>(list, { ...of, search: wanted || sought });
  const waits = found.isPending || (!wanted && sought !== typed.trim());
  const items = waits ? [] : itemsOf(found);
  const first = items[0]?.id;
  useEffect(() => {
    if (!wanted || waits) return;
    want("");
    if (!first) return;
    onChange?.(first);
    show(false);
  }, [wanted, waits, first, onChange]);
  const enters = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || !open || !waits || !typed.trim()) return;
    event.preventDefault(); // the form is not sent
    event.stopPropagation(); // and the list, which has nothing to choose yet, stays open
    seek(typed.trim());
    want(typed.trim());
  };
  return (
    <Select id={id} open={open} onOpenChange={show} onInputKeyDown={enters} showSearch={{ filterOption: false, onSearch: (text) => { type(text); if (text) want(""); } }} value={value} onChange={onChange}
      options={items.map((one) => ({ value: one.id, label: one.name && one.name !== one.id ? `${one.id} · ${one.name}` : one.id }))} loading={waits || found.isFetching} notFoundContent={waits ? texts.app.loading : texts.errors.notFound} />
  );
}
