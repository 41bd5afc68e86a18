import { CaretRightOutlined } from "@ant-design/icons";
import { Button, Card } from "antd";
import { Link, useSearchParams } from "react-router";
import type { Schema } from "../api/client";
import { useParts } from "../api/lists";
import { Fault } from "../parts/faults";
import { Grid } from "../parts/Grid";
import { Head } from "../parts/Head";
import { Player } from "../parts/Player";
import { Teach } from "../parts/Teach";
import { clock, instant } from "../parts/times";
import { useSpeech } from "../texts/texts";

type Recording = Schema<"RecordingRecord">;

/** Recordings, newest first. What is played, and from where, stands in the address. */
export default function Recordings() {
  const { texts, locale } = useSpeech();
  const words = texts.recordings;
  const [address, setAddress] = useSearchParams();
  const recordings = useParts<Recording>("GET /api/v1/recordings");
  const playing = address.get("play");
  return (
    <>
      <Head title={words.title}><Button onClick={() => void recordings.refetch()} loading={recordings.isFetching}>{texts.app.refresh}</Button></Head>
      {playing && <Card size="small" className="search" title={playing}><Player key={playing} id={playing} from={Number(address.get("at") ?? 0) || 0} link={(at) => `/recordings?play=${encodeURIComponent(playing)}&at=${at}`} /></Card>}
      {recordings.isError ? <Fault fault={recordings.error} retry={() => void recordings.refetch()} /> : (
        <Grid<Recording>
          name={words.title} rowKey="id" parts={recordings}
          locale={{ emptyText: recordings.isPending ? <span /> : <Teach title={words.none} help={words.noneHelp} /> }}
          columns={[
            { title: texts.calls.started, dataIndex: "startedAt", render: (at: string) => instant(at, locale) },
            { title: words.length, key: "length", align: "right", render: (_, one) => (one.stoppedAt ? clock(Date.parse(one.stoppedAt) - Date.parse(one.startedAt)) : words.growing) },
            { title: words.call, dataIndex: "call", render: (call: string) => <Link to={`/calls/${call}`}>{call.slice(0, 8)}</Link> },
            { key: "play", render: (_, one) => <Button size="small" icon={<CaretRightOutlined />} aria-label={`${words.listen} ${one.id}`} onClick={() => setAddress({ play: one.id })}>{words.listen}</Button> },
          ]}
        />
      )}
    </>
  );
}
