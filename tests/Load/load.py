#!/usr/bin/env python3
"""Measures a running product from outside: SIPp makes the calls, rtpload the audio, /proc and /metrics tell the cost.

    load.py --pid PID --users N MEASURE...

Measures, taken in the order given:
    register            digest registrations of all users
    signalling          CPU per call without audio, 50 calls/s
    ramp                clean calls/s, from 50 up to 200
    media               CPU, loss and relay delay at --calls bridged G.711 calls, memory per call
    together            --calls bridged calls and 50 calls/s beside them: the media threads' worst stall
    latency             set-up and hang-up times on the wire, by the queue at once and by the menu
    importing           set-up times at 50 calls/s without and with an import of 10,000 users beside them
    live                --clients clients of the live hub while agents change: delay, CPU, memory
    sample              a short run of all that asserts only that every call is clean
Each prints one JSON line, which is also appended to --out. The exit code is 1 if any call failed in a sample.
"""
import argparse
import asyncio
import contextlib
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

import hub
import timings

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path(tempfile.mkdtemp(prefix="callcenter-load-"))
TICKS = os.sysconf("SC_CLK_TCK")
CALLER, AGENT = 5080, 5070
AT_ONCE, MENU = "4008001003", "4008001001"
RTP = {"callers": 2500, "agents": 2500, "caller-base": 21000, "agent-base": 32500, "dtmf-after": 400}


def stat(pid):
    """CPU seconds of a process so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid):
    """Resident memory, kB."""
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1])


def host_busy():
    fields = [int(f) for f in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(fields[:8]) - fields[3] - fields[4]) / TICKS


def spread(values):
    values = sorted(values)
    at = lambda share: round(values[min(len(values) - 1, int(len(values) * share))], 3)
    return {"n": len(values), "p50": at(0.5), "p99": at(0.99), "max": round(values[-1], 3)} if values else {}


@contextlib.contextmanager
def running(name, *command):
    """A generator that is ended by its own id when the block ends."""
    with open(WORK / f"{name}.out", "w") as out, open(WORK / f"{name}.err", "w") as err:
        process = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=WORK)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def sipp(name, scenario, *more):
    return running(name, "sipp", "-sf", HERE / "sipp" / scenario, "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin", "-buff_size", 4000000,
                   "-trace_stat", "-stf", WORK / f"{name}.csv", "-fd", 1, "-trace_err", "-error_file", WORK / f"{name}.log", *more)


def agents(answer_after=0):
    return sipp("agents", "uas_agent.xml", "-p", AGENT, "-mp", 31500, "-d", answer_after, "-default_behaviors", "all,-bye")


def callers(target, number, rate, calls, hold, name="callers", port=CALLER, media=20000):
    return sipp(name, "uac_call.xml", target, "-s", number, "-p", port, "-mp", media, "-r", rate, "-m", calls, "-l", 9000, "-d", hold, "-recv_timeout", 40000, "-timeout_error")


def audio(key):
    options = [f"--{option}={value}" for option, value in {**RTP, "dtmf": key}.items()]
    return running("rtp", HERE / "bin" / "rtpload", *options)


def counted(name):
    with open(WORK / f"{name}.csv") as file:
        last = list(csv.DictReader(file, delimiter=";"))[-1]
    return {"ok": int(last["SuccessfulCall(C)"]), "failed": int(last["FailedCall(C)"]), "retransmissions": int(last["Retransmissions(C)"])}


def heard(since=0):
    """rtpload's lines of one second each, as numbers; see rtpload.c for the columns."""
    lines = []
    for line in (WORK / "rtp.out").read_text().splitlines():
        with contextlib.suppress(ValueError):
            lines.append([float(f) for f in line.split()])
    return lines[since:]


def finish(process, seconds):
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        print(f"{process.args[0]} was not done within {seconds:.0f} s", file=sys.stderr)


class Load:
    def __init__(self, options):
        self.o, self.clean = options, True

    def emit(self, measure, **figures):
        line = json.dumps({"measure": measure, **figures})
        print(line, flush=True)
        with open(self.o.out, "a") as out:
            out.write(line + "\n")
        return figures

    def stalls(self):
        """Every metric that speaks of stalls, as it stands."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.o.http}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if "stall" in line and not line.startswith("#"))}

    def register(self):
        users = WORK / "users.csv"
        users.write_text("SEQUENTIAL\n" + "".join(f"{1000 + i};[authentication username={1000 + i} password=demo]\n" for i in range(1, self.o.users + 1)))
        cpu, began = stat(self.o.pid), time.time()
        with sipp("register", "register.xml", self.o.target, "-p", CALLER, "-r", 150, "-m", self.o.users, "-inf", users, "-key", "domain", "acme.localhost", "-key", "contact", f"127.0.0.1:{AGENT}") as run:
            finish(run, self.o.users / 150 + 60)
        got = counted("register")
        self.emit("register", **got, per_second=round(got["ok"] / (time.time() - began), 1), cpu_ms=round(1000 * (stat(self.o.pid) - cpu) / max(1, got["ok"]), 3))
        if got["ok"] < self.o.users:
            raise SystemExit(f"registered {got['ok']} of {self.o.users}; see {WORK}")

    def calls(self, measure, rate, calls, hold=300, number=AT_ONCE):
        with agents():
            time.sleep(0.7)
            cpu, busy, began = stat(self.o.pid), host_busy(), time.time()
            with callers(self.o.target, number, rate, calls, hold) as run:
                finish(run, calls / rate + hold / 1000 + 60)
            took, cpu, busy = time.time() - began, stat(self.o.pid) - cpu, host_busy() - busy
        got = counted("callers")
        self.clean &= got["failed"] == 0 and got["ok"] == calls
        return self.emit(measure, rate=rate, calls=calls, **got, cpu_ms_per_call=round(1000 * cpu / max(1, got["ok"]), 3), product_cpu_pct=round(100 * cpu / took, 1), host_busy_pct=round(100 * busy / took, 1))

    def signalling(self):
        self.calls("signalling", 50, 1000)

    def ramp(self):
        for rate in (50, 100, 150, 200):
            if self.calls("ramp", rate, rate * 10)["failed"] > 0:
                break
            time.sleep(2)

    def bridged(self, measure, count, window, rate=20, beside=None):
        """Brings up bridged calls, measures over a window, optionally with more load beside, and lets them end."""
        up = count / rate
        hold = int(1000 * (up + 4 + window + 3))
        with audio(key=0), agents():
            time.sleep(1)
            memory = resident(self.o.pid)
            with callers(self.o.target, AT_ONCE, rate, count, hold) as run:
                time.sleep(up + 4)
                stalls = self.stalls()  # before the CPU is read: the first such question of a process costs it more than a second of relaying
                seen, cpu, began = len(heard()), stat(self.o.pid), time.time()
                if beside:
                    beside(window)
                time.sleep(max(0, window - (time.time() - began)))
                took, cpu, grown = time.time() - began, stat(self.o.pid) - cpu, resident(self.o.pid) - memory
                lines, after = heard(seen), self.stalls()
                finish(run, hold / 1000 + 20)
            time.sleep(1)
        got = counted("callers")
        self.clean &= got["failed"] == 0
        figures = self.sound(lines)
        live = max(1, figures["bridged"])
        return self.emit(measure, calls=count, **got, **figures, cpu_pct_per_100=round(100 * 100 * cpu / took / live, 2), kb_per_call=round(grown / live, 1), stalls_before=stalls, stalls_after=after)

    def sound(self, lines):
        if len(lines) < 2:
            return {"bridged": 0}
        received, lost = lines[-1][5] - lines[0][5], lines[-1][6] - lines[0][6]
        middle = lambda column: sorted(line[column] for line in lines)[len(lines) // 2]
        return {"bridged": round(min(sum(l[1] for l in lines), sum(l[2] for l in lines)) / len(lines), 1), "loss_pct": round(100 * lost / max(1, received + lost), 4),
                "delay_us": {"p50": middle(8), "p99": middle(9), "max": max(l[10] for l in lines)}, "generator_slips_ms": lines[-1][14] - lines[0][14]}

    def media(self):
        self.bridged("media", self.o.calls, window=12)

    def together(self):
        def more(seconds):
            with callers(self.o.target, AT_ONCE, 50, int(50 * seconds), 300, name="beside", port=CALLER + 1, media=10000) as run:
                finish(run, seconds + 60)
            self.emit("together: 50 calls/s beside", **counted("beside"))
        self.bridged("together", self.o.calls, window=15, beside=more)

    def latency(self, rate=5, calls=60):
        for number, hold, key in ((AT_ONCE, 3000, 0), (MENU, 6000, 1)):
            capture = WORK / "latency.pcap"
            with audio(key), agents(), running("tcpdump", "tcpdump", "-i", "lo", "-n", "-s", 900, "-B", 65536, "-w", capture, "udp") as watching:
                time.sleep(1)
                with callers(self.o.target, number, rate, calls, hold) as run:
                    finish(run, calls / rate + hold / 1000 + 60)
                time.sleep(0.5)
                watching.terminate()
                watching.wait(10)
            found = timings.analyse(capture, int(self.o.target.split(":")[1]), CALLER, AGENT)
            self.emit("latency", number=number, **counted("callers"), ms={name: spread(values) for name, values in found.items()})

    def importing(self, users=10000, seconds=12):
        token = self.sign_in()
        rows = "id,name,role\n" + "".join(f"imported{i:05d},Imported {i},agent\n" for i in range(users))

        def send():
            began = time.time()
            answer = self.ask("users/import", rows.encode(), "text/csv", token)
            self.emit("importing: the import", seconds=round(time.time() - began, 2), **answer)

        self.calls("importing: warm-up", 50, 500)
        for beside in (None, send):
            capture = WORK / "importing.pcap"
            with agents(), running("tcpdump", "tcpdump", "-i", "lo", "-n", "-s", 900, "-B", 65536, "-w", capture, "udp") as watching:
                time.sleep(1)
                with callers(self.o.target, AT_ONCE, 50, 50 * seconds, 300) as run:
                    time.sleep(seconds / 4)
                    if beside:
                        beside()
                    finish(run, seconds + 60)
                time.sleep(0.5)
                watching.terminate()
                watching.wait(10)
            found = timings.analyse(capture, int(self.o.target.split(":")[1]), CALLER, AGENT)
            self.emit("importing", beside=beside is not None, **counted("callers"), ms={name: spread(values) for name, values in found.items() if name.startswith("invite_to")})

    def sign_in(self):
        return self.ask("session", json.dumps({"tenant": "acme", "user": "admin", "password": "demo"}).encode(), "application/json")["token"]

    def ask(self, path, body, kind, token=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.o.http}/api/v1/{path}", body, {"Content-Type": kind})
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())

    def live(self, measure="live", clients=None, seconds=20, rate=10):
        figures, clean = asyncio.run(hub.measure(self.o.http, clients or self.o.clients, seconds, rate, lambda: stat(self.o.pid), lambda: resident(self.o.pid), min(50, self.o.users)))
        self.clean &= clean
        self.emit(measure, **figures)

    def sample(self):
        self.calls("sample: signalling", 20, 200)
        self.bridged("sample: media", 40, window=5, rate=10)
        self.calls("sample: menu", 5, 10, hold=6000, number=MENU)
        self.live("sample: live", clients=100, seconds=3)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--target", default="127.0.0.1:5060")
    parser.add_argument("--http", type=int, default=8080)
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--out", default=WORK / "load.jsonl")
    parser.add_argument("measures", nargs="+", choices=["register", "signalling", "ramp", "media", "together", "latency", "importing", "live", "sample"])
    load = Load(parser.parse_args())
    for measure in load.o.measures:
        getattr(load, measure)()
    return 0 if load.clean or "sample" not in load.o.measures else 1


sys.exit(main())
