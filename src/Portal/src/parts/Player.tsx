import { CaretRightOutlined, LinkOutlined, PauseOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Flex, Select, Skeleton } from "antd";
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { ask } from "../api/client";
import { useTexts } from "../texts/texts";
import { Fault } from "./faults";
import { clock } from "./times";

const speeds = [0.75, 1, 1.25, 1.5, 2];
const height = 96, half = height / 2;

/** The outline of one channel, above or below the middle. */
function outline(peaks: number[], up: boolean, loudest: number): string {
  const tall = (peak: number) => (half + ((up ? -1 : 1) * Math.max(1, (peak * (half - 2)) / loudest))).toFixed(1);
  return `M0 ${half}${peaks.map((peak, n) => `L${n} ${tall(peak)}L${n + 1} ${tall(peak)}`).join("")}L${peaks.length} ${half}Z`;
}

/** A recording: how loud both sides are, and where one listens. Seeks by click and by keyboard. */
export function Player({ id, from = 0, link }: { id: string; from?: number; link: (at: number) => string }) {
  const words = useTexts().player;
  const { message } = App.useApp();
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(from);
  const [playing, setPlaying] = useState(false);
  const [broken, setBroken] = useState(false);
  const wave = useQuery({ queryKey: ["waveform", id], staleTime: 60_000, queryFn: ({ signal }) => ask("GET /api/v1/recordings/{recording}/waveform", { path: { recording: id }, signal }) });
  const seconds = wave.data?.seconds ?? 0;
  const seek = (to: number) => {
    const place = Math.min(Math.max(0, to), seconds);
    setAt(place);
    if (audio.current) audio.current.currentTime = place;
  };
  const toggle = () => {
    const player = audio.current;
    if (!player) return;
    if (!player.paused) player.pause();
    else {
      if (Math.abs(player.currentTime - at) > 0.5) player.currentTime = at;
      void player.play().catch(() => setBroken(true));
    }
  };
  const copy = () => void navigator.clipboard.writeText(new URL(link(Math.floor(at)), location.href).href).then(() => message.success(words.copied), () => message.error(words.notCopied));
  if (wave.isLoadingError) return <Fault fault={wave.error} retry={() => void wave.refetch()} />;
  return (
    <section className="player" aria-label={`${words.title} ${id}`}>
      <audio ref={audio} src={`/api/v1/recordings/${encodeURIComponent(id)}`} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)} onError={() => setBroken(true)} />
      {wave.data ? <Wave left={wave.data.left} right={wave.data.right} at={at} seconds={seconds} seek={seek} toggle={toggle} /> : <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      <Flex gap="small" align="center" wrap>
        <Button type="primary" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} onClick={toggle}>{playing ? words.pause : words.play}</Button>
        <span className="figures">{clock(at * 1000)} / {clock(seconds * 1000)}</span>
        <Select size="small" aria-label={words.speed} defaultValue={1} options={speeds.map((speed) => ({ value: speed, label: `${speed}×` }))} onChange={(speed) => { if (audio.current) audio.current.playbackRate = speed; }} />
        <Button size="small" type="text" icon={<LinkOutlined />} onClick={copy}>{words.link}</Button>
        {broken && <span role="alert">{words.broken}</span>}
      </Flex>
    </section>
  );
}

interface Waved { left: number[]; right: number[]; at: number; seconds: number; seek: (to: number) => void; toggle: () => void }

function Wave({ left, right, at, seconds, seek, toggle }: Waved) {
  const words = useTexts().player;
  const columns = Math.max(1, left.length);
  const loudest = Math.max(10, ...left, ...right); // what is quieter than a tenth is noise, and drawn as such
  const press = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * seconds);
  };
  const keys = (event: KeyboardEvent) => {
    const to: Record<string, () => void> = {
      ArrowLeft: () => seek(at - 5), ArrowDown: () => seek(at - 5), ArrowRight: () => seek(at + 5), ArrowUp: () => seek(at + 5),
      PageDown: () => seek(at - 30), PageUp: () => seek(at + 30), Home: () => seek(0), End: () => seek(seconds), " ": toggle,
    };
    const act = to[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <Flex gap="small">
      <div className="sides" aria-hidden><span>{words.left}</span><span>{words.right}</span></div>
      <div className="wave" role="slider" tabIndex={0} aria-label={words.position} aria-valuemin={0} aria-valuemax={Math.round(seconds)} aria-valuenow={Math.round(at)} aria-valuetext={clock(at * 1000)} onPointerDown={press} onKeyDown={keys}>
        <svg viewBox={`0 0 ${columns} ${height}`} preserveAspectRatio="none" aria-hidden>
          <path className="left" d={outline(left, true, loudest)} />
          <path className="right" d={outline(right, false, loudest)} />
          <line className="needle" vectorEffect="non-scaling-stroke" x1={seconds ? (at / seconds) * columns : 0} x2={seconds ? (at / seconds) * columns : 0} y1={0} y2={height} />
        </svg>
      </div>
    </Flex>
  );
}
