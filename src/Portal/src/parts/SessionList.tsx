import { useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { ask, type Schema } from "../api/client";
import { useSpeech } from "../texts/texts";
import { Fault } from "./faults";
import { Grid } from "./Grid";
import { instant } from "./times";

type Session = Schema<"SessionAnswer">;
type Lists = "GET /api/v1/sessions" | "GET /api/v1/users/{user}/sessions";

/** Browser and system out of what a browser calls itself. */
function clientName(agent: string | null): string {
  if (!agent) return "";
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/[\d.]+/.exec(agent)?.[0].replace(/\.[\d.]+$/, "").replace("/", " ");
  const system = /Windows|Mac OS X|Android|iPhone|iPad|Linux/.exec(agent)?.[0];
  return [browser ?? agent.slice(0, 40), system].filter(Boolean).join(" · ");
}

export function SessionList({ list, path = {}, end }: { list: Lists; path?: Record<string, string>; end: (session: string) => void }) {
  const { texts, locale } = useSpeech();
  const words = texts.account;
  const sessions = useQuery({ queryKey: [list, path], queryFn: ({ signal }) => ask(list, { path, signal }) });
  if (sessions.isError) return <Fault fault={sessions.error} retry={() => void sessions.refetch()} />;
  return (
    <Grid<Session>
      name={texts.users.sessions} rowKey="id" loading={sessions.isPending} dataSource={sessions.data?.items ?? []} locale={{ emptyText: words.noSessions }}
      columns={[
        { title: words.began, dataIndex: "began", render: (at: string) => instant(at, locale) },
        { title: words.address, dataIndex: "address" },
        { title: words.client, dataIndex: "client", render: (client: string | null) => <span title={client ?? ""}>{clientName(client)}</span> },
        { title: words.expires, dataIndex: "expires", render: (at: string | null) => (at ? instant(at, locale) : "") },
        { key: "end", align: "right", render: (_, session) => (session.current ? <Tag>{words.thisOne}</Tag> : <Button size="small" onClick={() => end(session.id)}>{words.end}</Button>) },
      ]}
    />
  );
}
