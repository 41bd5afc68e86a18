import { LineChart, type LineSeriesOption } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, type GridComponentOption, type LegendComponentOption, type TooltipComponentOption } from "echarts/components";
import { init, use, type ComposeOption, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useLook } from "../app/look";
import { useSpeech } from "../texts/texts";
import type { Texts } from "../texts/zh";
import { share, type FloorStep } from "./Course";

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>;

// 3 : 1 at least upon the card in each theme; the lines differ in their dashes too (WCAG 1.4.1, 1.4.11).
const light = { text: "rgba(0,0,0,0.75)", line: "#d9dce1", ground: "#fff", waiting: "#c2410c", talking: "#237a36", level: "#1257c0" };
const dark = { text: "rgba(255,255,255,0.8)", line: "#424242", ground: "#1f1f1f", waiting: "#ff922b", talking: "#69db7c", level: "#78adff" };

interface Drawn { steps: FloorStep[]; at: (step: FloorStep) => string; level: string }

/** Lines over the last hours: who waited and who talked on the left axis, the service level on the right. */
export default function CourseChart(drawn: Drawn) {
  const { texts } = useSpeech();
  const look = useLook();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  useEffect(() => {
    if (!place.current) return;
    const made = chart.current = init(place.current);
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => { chart.current?.setOption(option(drawn, texts, look.dark ? dark : light)); });
  return <div ref={place} className="course" />;
}

function option({ steps, at, level }: Drawn, { course: words }: Texts, colours: typeof light): Option {
  const label = { color: colours.text };
  const line = (name: string, colour: string, type: "solid" | "dashed" | "dotted", data: (number | null)[]): LineSeriesOption =>
    ({ type: "line", name, data, symbol: "circle", symbolSize: 4, showSymbol: false, color: colour, lineStyle: { type, width: 2 }, emphasis: { disabled: true } });
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 40, right: 56, top: 36, bottom: 28 },
    legend: { top: 0, textStyle: label, inactiveColor: colours.line },
    // drawn, not made of elements with styles, which the page's policy forbids
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colours.ground, borderColor: colours.line, textStyle: label },
    xAxis: { type: "category", data: steps.map(at), boundaryGap: false, axisLabel: label, axisLine: { lineStyle: { color: colours.line } } },
    yAxis: [
      { type: "value", minInterval: 1, axisLabel: label, splitLine: { lineStyle: { color: colours.line } } },
      { type: "value", min: 0, max: 1, axisLabel: { ...label, formatter: share }, splitLine: { show: false } },
    ],
    series: [
      line(words.waiting, colours.waiting, "solid", steps.map((step) => step.waiting)),
      line(words.talking, colours.talking, "dashed", steps.map((step) => step.talking)),
      { ...line(level, colours.level, "dotted", steps.map((step) => step.serviceLevel)), yAxisIndex: 1, showSymbol: true, tooltip: { valueFormatter: (value) => share(typeof value === "number" ? value : null) } },
    ],
  };
}
