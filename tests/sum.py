#!/usr/bin/env python3
"""Sums up a folder of test results: NAME.xml (xUnit) where there is one, else NAME.code (an exit code that counts as
one test). A suite without results, or one that ended badly with nothing failed, counts as one failure."""
import pathlib
import sys
import xml.etree.ElementTree as xml


def suite(results, name, code):
    """(passed, failures) of one suite; a failure is (test, message)."""
    try:
        assemblies = xml.parse(results / f"{name}.xml").getroot().findall("assembly")
    except (OSError, xml.ParseError):
        return None
    passed = sum(int(a.get("passed")) for a in assemblies)
    failed = [(t.get("name"), t.findtext("failure/message", "").strip()) for a in assemblies for t in a.iter("test") if t.get("result") == "Fail"]
    failed += [(f"{name}: {e.get('type')}", e.findtext("failure/message", "").strip()) for a in assemblies for e in a.iter("error")]
    skipped = sum(int(a.get("skipped")) for a in assemblies)
    if skipped:
        failed.append((name, f"{skipped} skipped: a test runs or is deleted"))
    if code != 0 and not failed and passed:
        failed.append((name, f"ended with code {code}"))
    return passed, failed


def tail(path):
    return "\n".join(path.read_text(errors="replace").splitlines()[-15:]) if path.exists() else ""


def main(folder):
    results, passed, failures = pathlib.Path(folder), 0, []
    for file in sorted(results.glob("*.code")):
        name, code = file.stem, int(file.read_text())
        if name in ("restore", "build"):
            continue
        found = suite(results, name, code)
        if found is None:
            found = (1, []) if code == 0 else (0, [(name, f"ended with code {code}\n{tail(results / (name + '.log'))}")])
        passed += found[0]
        failures += found[1]
        took = results / f"{name}.seconds"
        print(f"{name:<28}{found[0]:>6} passed{len(found[1]):>5} failed{took.read_text().strip() if took.exists() else '?':>6} s")
    for name, message in failures:
        print(f"\nFAILED {name}\n    " + message.replace("\n", "\n    "))
    print(f"\n{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


sys.exit(main(sys.argv[1]))
