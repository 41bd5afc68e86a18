import { Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { useParts } from "../api/lists";
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

/** Chooses one of a list that may be long: it is searched by the API, not loaded. */
export function Picker({ list, id, value, onChange, of = {} }: { list: Operation; id?: string; value?: string; onChange?: (value: string) => void; of?: { call?: string } }) {
  const texts = useTexts();
  const [typed, type] = useState("");
  const [sought, seek] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => seek(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useParts<{ id: string; name?: string }>(list, { ...of, search: sought });
  const options = found.data?.pages.flatMap((part) => part.items).map((one) => ({ value: one.id, label: one.name && one.name !== one.id ? `${one.id} · ${one.name}` : one.id }));
  return <Select id={id} showSearch={{ filterOption: false, onSearch: type }} value={value} onChange={onChange} options={options} loading={found.isFetching} notFoundContent={found.isFetching ? texts.app.loading : texts.errors.notFound} />;
}
