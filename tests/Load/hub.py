"""Clients of the live hub, as browsers are: one WebSocket each, SignalR's JSON protocol, the boards of queues and agents. Agents change what they do; each client notes when it hears of it."""
import asyncio
import base64
import http.client
import json
import os
import re
import struct
import threading
import time

END = b"\x1e"
STAMP = re.compile(rb'"reason":"t(\d+)"')


class Client(asyncio.Protocol):
    def __init__(self, house, token):
        self.house, self.token, self.buffer, self.open, self.ready = house, token, bytearray(), False, asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write((f"GET /hubs/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                         f"Sec-WebSocket-Version: 13\r\nAuthorization: Bearer {self.token}\r\n\r\n").encode())

    def say(self, message):
        body, mask = json.dumps(message).encode() + END, b"\0\0\0\0"  # a mask of zeros masks nothing, and is one (RFC 6455 §5.3)
        length = bytes([0x80 | len(body)]) if len(body) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(body))
        self.transport.write(b"\x81" + length + mask + body)

    def data_received(self, data):
        now = time.perf_counter()
        self.buffer += data
        if not self.open:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self.buffer[:20]:
                self.ready.set_exception(ConnectionError(self.buffer[:60].decode()))
                return
            self.open = True
            del self.buffer[:end + 4]
            self.say({"protocol": "json", "version": 1})
            self.say({"type": 4, "invocationId": "1", "target": "Watch", "arguments": [{"topics": ["queues", "agents"]}]})
        while (frame := self.frame()) is not None:
            if b'"snapshot"' in frame and not self.ready.done():
                self.ready.set_result(None)
                continue
            for stamp in STAMP.findall(frame):
                self.house.hears(int(stamp), now)

    def frame(self):
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        length, at = buffer[1] & 127, 2
        if length == 126:
            if len(buffer) < 4:
                return None
            length, at = struct.unpack_from(">H", buffer, 2)[0], 4
        elif length == 127:
            if len(buffer) < 10:
                return None
            length, at = struct.unpack_from(">Q", buffer, 2)[0], 10
        if len(buffer) < at + length:
            return None
        body = bytes(buffer[at:at + length])
        del buffer[:at + length]
        return body

    def connection_lost(self, exc):
        self.house.lost += 1
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("closed"))


class House:
    """The clients of one tenant, and its agents, who change."""

    def __init__(self, port, tenant, agents):
        self.port, self.tenant, self.agents = port, tenant, agents
        self.sent, self.delays, self.lost, self.clients = {}, [], 0, []
        self.token = json.loads(self.ask("POST", "session", {"tenant": tenant, "user": "admin", "password": "demo"}))["token"]
        self.ask("PUT", "reasons", {"reasons": []})  # any word is one then: changes are told apart by theirs

    def ask(self, method, path, body):
        self.http = getattr(self, "http", None) or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if hasattr(self, "token") else {})
        self.http.request(method, f"/api/v1/{path}", json.dumps(body), headers)
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise ConnectionError(f"{method} {path}: {answer.status} {text[:200]}")
        return text

    def hears(self, stamp, now):
        if stamp in self.sent:  # else it was there when the client came
            self.delays.append(now - self.sent[stamp])

    async def open(self, count):
        loop = asyncio.get_running_loop()
        for _ in range(count):
            _, client = await loop.create_connection(lambda: Client(self, self.token), "127.0.0.1", self.port)
            self.clients.append(client)
            if len(self.clients) % 50 == 0:
                await asyncio.gather(*(one.ready for one in self.clients))
        await asyncio.gather(*(one.ready for one in self.clients))

    def change(self, number):
        self.sent[number] = time.perf_counter()
        self.ask("PUT", f"agents/agent{1001 + number % self.agents}/presence", {"presence": "notReady", "reason": f"t{number}"})


async def measure(port, clients, seconds, rate, cpu, memory, agents=50):
    """Figures, and whether every client heard every change.

    cpu and memory tell the product's CPU seconds so far and its resident memory in kB; rate is changes a second in all.
    """
    houses = [House(port, tenant, agents) for tenant in ("acme", "globex")]
    before = memory()
    began = time.perf_counter()
    for house in houses:
        await house.open(clients // len(houses))
    opened = time.perf_counter() - began
    await asyncio.sleep(2)
    idle = cpu()
    await asyncio.sleep(3)
    idle = (cpu() - idle) / 3

    def changes():
        start, count = time.perf_counter(), int(seconds * rate)
        for number in range(count):
            time.sleep(max(0, start + number / rate - time.perf_counter()))
            houses[number % len(houses)].change(number // len(houses))

    busy, own, began = cpu(), time.process_time(), time.perf_counter()
    thread = threading.Thread(target=changes)
    thread.start()
    while thread.is_alive():
        for client in houses[0].clients + houses[1].clients if int(time.perf_counter() - began) % 10 == 9 else ():
            client.say({"type": 6})
        await asyncio.sleep(1)
    wanted = sum(len(house.sent) * len(house.clients) for house in houses)
    for _ in range(100):
        if sum(len(house.delays) for house in houses) >= wanted:
            break
        await asyncio.sleep(0.1)
    took, busy, own = time.perf_counter() - began, cpu() - busy, time.process_time() - own
    delays = sorted(delay for house in houses for delay in house.delays)
    at = lambda share: round(1000 * delays[min(len(delays) - 1, int(len(delays) * share))], 1) if delays else None
    figures = {
        "clients": sum(len(house.clients) for house in houses), "lost": sum(house.lost for house in houses), "changes": sum(len(house.sent) for house in houses), "heard": len(delays), "wanted": wanted,
        "ms": {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1)}, "opened_per_second": round(clients / opened), "kB_per_client": round((memory() - before) / clients, 1),
        "idle_cpu_percent": round(100 * idle, 1), "busy_cpu_percent": round(100 * busy / took, 1), "us_per_delivery": round(1e6 * max(0, busy - idle * took) / max(1, len(delays)), 1), "own_cpu_percent": round(100 * own / took, 1),
    }
    clean = len(delays) == wanted and figures["lost"] == 0
    for house in houses:
        for client in house.clients:
            client.transport.abort()
    return figures, clean
