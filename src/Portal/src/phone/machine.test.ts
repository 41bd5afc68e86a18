import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { next, off, restAfter, type Effect, type Happened, type Line } from "./machine";

/** What a row of happenings comes to, and all that was to be done on the way. */
function after(...happenings: Happened[]): { line: Line; done: Effect[] } {
  let line = off;
  const done: Effect[] = [];
  for (const happened of happenings) {
    const [now, effects] = next(line, happened);
    line = now;
    done.push(...effects);
  }
  return { line, done };
}

const wanted: Happened = { is: "wanted" }, owned: Happened = { is: "owned" }, opened: Happened = { is: "opened", connection: "c1" };
const up = [wanted, owned, opened];

test("a wanted phone first becomes the one of its browser, then opens a path", () => {
  const { line, done } = after(...up);
  deepEqual(line, { at: "up", connection: "c1", mending: false });
  deepEqual(done, [{ do: "own", steal: false }, { do: "open", take: false }]);
});

test("a second tab waits, and takes the phone only when it is asked to", () => {
  deepEqual(after(wanted, { is: "held" }).line, { at: "waiting" });
  const { line, done } = after(wanted, { is: "held" }, { is: "take" }, owned);
  deepEqual(line, { at: "opening", tries: 0 });
  deepEqual(done.slice(-2), [{ do: "own", steal: true }, { do: "open", take: true }]);
});

test("a tab that is robbed closes its path at once and is next in line", () => {
  const { line, done } = after(...up, { is: "robbed" });
  deepEqual(line, { at: "waiting" });
  deepEqual(done.slice(-2), [{ do: "close" }, { do: "own", steal: false }]);
  deepEqual(after(...up, { is: "robbed" }, owned).done.at(-1), { do: "open", take: false });
});

test("while another browser has it, nothing is tried until its user says so", () => {
  const refused = [wanted, owned, { is: "refused", since: "2026-01-01T00:00:00Z" }] as Happened[];
  deepEqual(after(...refused).line, { at: "elsewhere", since: "2026-01-01T00:00:00Z" });
  for (const happened of [{ is: "again" }, { is: "network" }, { is: "pathDown" }] as Happened[]) deepEqual(after(...refused, happened).line.at, "elsewhere");
  deepEqual(after(...refused, { is: "take" }).done.at(-1), { do: "open", take: true });
});

test("a path that falters is mended once, and made anew where that does not help", () => {
  const faltering = after(...up, { is: "pathDown" }, { is: "network" });
  deepEqual(faltering.line, { at: "up", connection: "c1", mending: true });
  equal(faltering.done.filter((effect) => effect.do === "mend").length, 1);
  deepEqual(after(...up, { is: "pathDown" }, { is: "mended" }).line, { at: "up", connection: "c1", mending: false });
  deepEqual(after(...up, { is: "pathDown" }, { is: "notMended" }).done.slice(-2), [{ do: "close" }, { do: "open", take: false }]);
  deepEqual(after(...up, { is: "pathFailed" }).done.slice(-2), [{ do: "close" }, { do: "open", take: false }]);
});

test("only the own connection's end counts: taken by another it is let go, lost it comes again", () => {
  equal(after(...up, { is: "closed", connection: "c0", taken: true }).line.at, "up");
  deepEqual(after(...up, { is: "closed", connection: "c1", taken: true }).line, { at: "elsewhere", since: null });
  deepEqual(after(...up, { is: "closed", connection: "c1", taken: false }, { is: "again" }).done.at(-1), { do: "open", take: false });
});

test("failures rest longer and longer, and never over 8 s", () => {
  const { done } = after(wanted, owned, { is: "failed" }, { is: "again" }, { is: "failed" }, { is: "again" }, { is: "failed" });
  deepEqual(done.filter((effect) => effect.do === "wait"), [{ do: "wait", ms: 500 }, { do: "wait", ms: 1000 }, { do: "wait", ms: 2000 }]);
  equal(restAfter(30), 8000);
});

test("without a microphone it tries again when told to or when one is plugged in", () => {
  const silent = [wanted, owned, { is: "silent", why: "denied" }] as Happened[];
  deepEqual(after(...silent).line, { at: "mute", why: "denied" });
  deepEqual(after(...silent, { is: "again" }).done.at(-1), { do: "open", take: false });
});

test("whatever comes in whatever order: a path stands only in the tab that owns the phone, and an unwanted phone leaves nothing open", () => {
  const all: Happened[] = [wanted, { is: "unwanted" }, owned, { is: "held" }, { is: "robbed" }, opened, { is: "refused", since: null }, { is: "failed" }, { is: "silent", why: "missing" }, { is: "pathDown" },
    { is: "pathFailed" }, { is: "mended" }, { is: "notMended" }, { is: "network" }, { is: "closed", connection: "c1", taken: true }, { is: "closed", connection: "c1", taken: false }, { is: "take" }, { is: "again" }];
  let seed = 7;
  const draw = () => all[(seed = (seed * 48271) % 2147483647) % all.length]!;
  for (let world = 0; world < 2000; world++) {
    let line = off, owns = false, path = false, asked = false;
    for (let n = 0; n < 40; n++) {
      const happened = draw();
      if (happened.is === "owned" && !asked) continue; // nobody is given what it did not ask for
      if ((happened.is === "opened" || happened.is === "refused" || happened.is === "failed") && !path) continue;
      if (happened.is === "owned") owns = true;
      if (happened.is === "robbed") { if (!owns) continue; owns = false; }
      const [now, effects] = next(line, happened);
      line = now;
      for (const effect of effects) {
        if (effect.do === "own") { asked = true; owns = false; }
        if (effect.do === "release") { asked = owns = false; }
        if (effect.do === "open") path = true;
        if (effect.do === "close") path = false;
      }
      if (path) equal(owns, true, `${line.at} after ${happened.is}`);
      if (line.at === "off") equal(path || asked, false);
    }
  }
});
