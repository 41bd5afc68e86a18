import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, List, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { ask } from "../api/client";
import { instant } from "../parts/times";
import { useSpeech } from "../texts/texts";
import { missingKey } from "./SummaryForm";

const every = 30_000;

/** How many of one's own calls nobody has summed up yet, and which. Says nothing where there are none. */
export function MissingSummaries() {
  const { texts, locale } = useSpeech();
  const words = texts.summary;
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ queryKey: [missingKey], refetchInterval: every, queryFn: ({ signal }) => ask("GET /api/v1/me/summaries/missing", { signal }) });
  if (!data?.count) return null;
  return (
    <>
      <Alert type="warning" showIcon className="search" title={`${words.missing}: ${data.count}`} action={<Button size="small" onClick={() => setOpen(true)}>{words.show}</Button>} />
      <Modal title={words.missing} open={open} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <List size="small" dataSource={data.calls} rowKey="id" renderItem={(call) => <List.Item><Flex gap="middle"><Link to={`/calls/${call.id}`} onClick={() => setOpen(false)}>{instant(call.startedAt, locale)}</Link><span>{call.queue}</span></Flex></List.Item>} />
      </Modal>
    </>
  );
}
