import { Button, Flex, Popconfirm, Segmented, Tag } from "antd";
import { useState } from "react";
import { onFloor } from "../app/pages";
import { ask, type Schema } from "../api/client";
import { useParts } from "../api/lists";
import { useSession } from "../api/session";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { CallBack, CustomerNumber } from "../parts/Reveal";
import { Teach } from "../parts/Teach";
import { clock, instant } from "../parts/times";
import { useWriting } from "../parts/useWriting";
import { useSpeech } from "../texts/texts";

type Voicemail = Schema<"VoicemailRecord">;
type State = Voicemail["state"];

const list = "GET /api/v1/voicemails";
const colours: Record<State, string> = { new: "red", taken: "blue", heard: "green" };

/** What callers left: listen, take it, call back, tick it off. */
export default function Voicemails() {
  const { texts, locale } = useSpeech();
  const words = texts.voicemails;
  const { data: me } = useSession();
  const [wanted, want] = useState<State | "">("");
  const [playing, play] = useState<string | null>(null);
  const voicemails = useParts<Voicemail>(list, { state: wanted });
  const mark = useWriting<{ id: string; state: State }>(list, ({ id, state }) => ask("PUT /api/v1/voicemails/{voicemail}", { path: { voicemail: id }, body: { state } }), { done: words.marked, tells: true });
  const remove = useWriting<string>(list, (id) => ask("DELETE /api/v1/voicemails/{voicemail}", { path: { voicemail: id } }), { done: texts.agents.removed, tells: true });
  return (
    <>
      <Head title={words.title}>
        <Segmented<State | ""> aria-label={words.state} value={wanted} onChange={want} options={[{ value: "", label: texts.board.all }, ...(["new", "taken", "heard"] as const).map((state) => ({ value: state, label: words.states[state] }))]} />
        <Button onClick={() => void voicemails.refetch()} loading={voicemails.isFetching}>{texts.app.refresh}</Button>
      </Head>
      {voicemails.isLoadingError ? <Fault fault={voicemails.error} retry={() => void voicemails.refetch()} /> : (
        <Grid<Voicemail>
          name={words.title} rowKey="id" parts={voicemails}
          locale={{ emptyText: voicemails.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp} /> }}
          columns={[
            { title: texts.calls.started, dataIndex: "startedAt", render: (at: string) => instant(at, locale) },
            { title: texts.calls.from, dataIndex: "from", render: (from: string | null, one) => <CustomerNumber number={from} of={{ voicemail: one.id }} /> },
            { title: words.box, dataIndex: "box" },
            { title: texts.recordings.length, dataIndex: "length", align: "right", render: clock },
            { title: words.state, dataIndex: "state", render: (state: State, one) => <Tag className="state" color={colours[state]}>{words.states[state]}{one.agent ? ` · ${one.agent}` : ""}</Tag> },
            {
              key: "acts", render: (_, one) => (
                <Flex gap={4} align="center" wrap>
                  {playing === one.id ? <audio controls autoPlay aria-label={`${texts.recordings.listen} ${one.id}`} src={`/api/v1/voicemails/${encodeURIComponent(one.id)}/audio`} /> : <Button size="small" onClick={() => play(one.id)}>{texts.recordings.listen}</Button>}
                  {me?.agent && one.state === "new" && <Button size="small" onClick={() => mark.mutate({ id: one.id, state: "taken" })}>{words.take}</Button>}
                  {one.state !== "heard" && <Button size="small" onClick={() => mark.mutate({ id: one.id, state: "heard" })}>{words.done}</Button>}
                  <CallBack of={{ voicemail: one.id }} />
                  {me && onFloor(me.role) && <Popconfirm title={words.removeSure} okText={texts.agents.remove} onConfirm={() => remove.mutate(one.id)}><Button size="small" danger>{texts.agents.remove}</Button></Popconfirm>}
                </Flex>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
