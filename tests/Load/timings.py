"""Per-call timings in ms from a capture of the loopback interface (tcpdump -w), as an observer on the wire sees them."""
import re
import struct

CALLER = re.compile(rb"\r\n(?:From|f):[^\r]*?sip:(7\d+)@", re.I)  # callers of ours are 7 and a number, on both legs
METHOD = re.compile(rb"\r\nCSeq: *\d+ +(\w+)", re.I)
AUDIO = re.compile(rb"m=audio (\d+)")

# Each timing is the time between two marks of one call.
TIMINGS = {
    "invite_to_200": ("invite", "200"),
    "invite_to_agent_invite": ("invite", "agent_invite"),
    "digit_end_to_agent_invite": ("digit_end", "agent_invite"),
    "agent_200_to_agent_ack": ("agent_200", "agent_ack"),
    "agent_200_to_first_audio_at_agent": ("agent_200", "agent_audio"),
    "caller_200_to_first_audio_at_caller": ("200", "caller_audio"),
    "bye_to_200": ("bye", "bye_200"),
    "bye_to_agent_bye": ("bye", "agent_bye"),
}


def packets(path):
    """(seconds, source port, destination port, payload) of every UDP packet."""
    with open(path, "rb") as file:
        head = file.read(24)
        magic, = struct.unpack("<I", head[:4])
        link_header = 14 if struct.unpack("<I", head[20:])[0] == 1 else 0
        per_second = 1e9 if magic == 0xA1B23C4D else 1e6
        while len(record := file.read(16)) == 16:
            seconds, fraction, captured, _ = struct.unpack("<IIII", record)
            packet = file.read(captured)
            udp = link_header + (packet[link_header] & 15) * 4
            if packet[link_header + 9] == 17:
                source, destination = struct.unpack(">HH", packet[udp:udp + 4])
                yield seconds + fraction / per_second, source, destination, packet[udp + 8:]


def mark_of(payload, from_product, is_agent):
    """The mark that a SIP message between the product and one of the generators sets, or None."""
    line = payload.split(b"\r\n", 1)[0]
    found = METHOD.search(payload)
    method = found[1] if found else b""
    if not line.startswith(b"SIP/2.0 "):
        name = {b"INVITE": "invite", b"ACK": "ack", b"BYE": "bye"}.get(line.split(b" ", 1)[0])
        return name and (("agent_" + name) if is_agent and from_product else name if not is_agent and not from_product else None)
    if not line.startswith(b"SIP/2.0 200"):
        return None
    if method == b"INVITE":
        return "agent_200" if is_agent and not from_product else "200" if from_product and not is_agent else None
    return "bye_200" if method == b"BYE" and from_product and not is_agent else None


def analyse(path, product, caller, agent):
    """{timing: [ms, ...]} from the ports of the product, the callers and the agents."""
    calls, caller_audio, agent_audio = {}, {}, {}
    for at, source, destination, payload in packets(path):
        if {source, destination} <= {product, caller, agent}:
            found = CALLER.search(payload)
            if not found:
                continue
            marks = calls.setdefault(found[1], {})
            mark = mark_of(payload, source == product, agent in (source, destination))
            if mark:
                marks.setdefault(mark, at)
            audio = AUDIO.search(payload)
            if audio and mark in ("invite", "agent_200"):
                (caller_audio if mark == "invite" else agent_audio)[int(audio[1])] = found[1]
        else:
            audio_marks(calls, caller_audio, agent_audio, at, source, destination, payload)
    found = {name: [(c[b] - c[a]) * 1000 for c in calls.values() if a in c and b in c and c[b] >= c[a]] for name, (a, b) in TIMINGS.items()}
    return {name: values for name, values in found.items() if values}


def audio_marks(calls, caller_audio, agent_audio, at, source, destination, payload):
    if destination in agent_audio:
        calls[agent_audio[destination]].setdefault("agent_audio", at)
    if destination in caller_audio:
        calls[caller_audio[destination]].setdefault("caller_audio", at)
    if source in caller_audio and len(payload) == 16 and payload[13] & 0x80:  # the end of a key (RFC 4733)
        calls[caller_audio[source]].setdefault("digit_end", at)
