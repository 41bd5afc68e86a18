/** How the phone of this tab stands. Pure: what happened and how it stood give how it stands and what is to be done. */
export type Line =
  /** Nobody wants a phone here: the station is a telephone. */
  | { at: "off" }
  /** Asks for the right to be the one tab of this browser that has the phone. */
  | { at: "owning"; take: boolean }
  /** Another tab of this browser has it; this one is next. */
  | { at: "waiting" }
  | { at: "opening"; tries: number }
  | { at: "up"; connection: string; mending: boolean }
  /** It failed, and is tried again after a while. */
  | { at: "resting"; tries: number }
  /** Another browser has it. */
  | { at: "elsewhere"; since: string | null }
  /** There is no microphone, or none that may be used. */
  | { at: "mute"; why: MicrophoneFault };

export type MicrophoneFault = "denied" | "missing" | "insecure";

export type Happened =
  | { is: "wanted" } | { is: "unwanted" }
  | { is: "owned" } | { is: "held" } | { is: "robbed" }
  | { is: "opened"; connection: string } | { is: "refused"; since: string | null } | { is: "failed" } | { is: "silent"; why: MicrophoneFault }
  | { is: "pathDown" } | { is: "pathFailed" } | { is: "mended" } | { is: "notMended" } | { is: "network" }
  /** The server says that a connection is no more: taken by another, or without sound for too long. */
  | { is: "closed"; connection: string; taken: boolean }
  | { is: "take" } | { is: "again" };

export type Effect =
  | { do: "own"; steal: boolean } | { do: "release" }
  | { do: "open"; take: boolean } | { do: "close" } | { do: "mend"; connection: string }
  | { do: "wait"; ms: number };

export type Step = readonly [Line, readonly Effect[]];

export const off: Line = { at: "off" };

const close: Effect = { do: "close" };
const firstRest = 500, longestRest = 8_000;

/** ms: 0.5, 1, 2, 4, 8, 8 … s. */
export const restAfter = (tries: number) => Math.min(longestRest, firstRest * 2 ** Math.max(0, tries - 1));

const open = (take: boolean, tries = 0): Step => [{ at: "opening", tries }, [{ do: "open", take }]];
const openAnew = (): Step => [{ at: "opening", tries: 0 }, [close, { do: "open", take: false }]];
const rest = (tries: number): Step => [{ at: "resting", tries }, [close, { do: "wait", ms: restAfter(tries) }]];

export function next(line: Line, happened: Happened): Step {
  const stays: Step = [line, []];
  switch (happened.is) {
    case "wanted": return line.at === "off" ? [{ at: "owning", take: false }, [{ do: "own", steal: false }]] : stays;
    case "unwanted": return line.at === "off" ? stays : [off, [close, { do: "release" }]];
    case "owned": return line.at === "owning" ? open(line.take) : line.at === "waiting" ? open(false) : stays;
    case "held": return line.at === "owning" && !line.take ? [{ at: "waiting" }, []] : stays;
    case "robbed": return line.at === "off" ? stays : [{ at: "waiting" }, [close, { do: "own", steal: false }]]; // and next in line, should that tab close
    case "opened": return line.at === "opening" ? [{ at: "up", connection: happened.connection, mending: false }, []] : stays;
    case "refused": return line.at === "opening" ? [{ at: "elsewhere", since: happened.since }, [close]] : stays;
    case "silent": return line.at === "opening" ? [{ at: "mute", why: happened.why }, [close]] : stays;
    case "failed": return line.at === "opening" ? rest(line.tries + 1) : stays;
    case "take": return take(line);
    case "again": return line.at === "resting" ? open(false, line.tries) : line.at === "mute" ? open(false) : stays;
    case "network": return line.at === "resting" ? open(false) : line.at === "up" ? mend(line) : stays;
    case "pathDown": return line.at === "up" ? mend(line) : stays;
    case "mended": return line.at === "up" ? [{ ...line, mending: false }, []] : stays;
    case "pathFailed": case "notMended": return line.at === "up" ? openAnew() : stays; // a failed path is never restarted: the far end may have lost its half
    case "closed":
      if (line.at !== "up" || line.connection !== happened.connection) return stays;
      return happened.taken ? [{ at: "elsewhere", since: null }, [close]] : rest(1);
  }
}

/** Its user wants the phone here. */
function take(line: Line): Step {
  switch (line.at) {
    case "waiting": return [{ at: "owning", take: true }, [{ do: "own", steal: true }]];
    case "elsewhere": return open(true);
    case "mute": case "resting": return open(false);
    default: return [line, []];
  }
}

function mend(line: Line & { at: "up" }): Step {
  return line.mending ? [line, []] : [{ ...line, mending: true }, [{ do: "mend", connection: line.connection }]];
}
