// Runs src/**/*.test.ts by Node's own runner: the parts that need no browser.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const tests = readdirSync("src", { recursive: true }).map(String).filter((file) => file.endsWith(".test.ts"));
const input = Object.fromEntries(tests.map((file) => [file.replace(/\.ts$/, ""), join("src", file)]));
await build({ configFile: false, logLevel: "error", build: { ssr: true, outDir: "obj/tests", emptyOutDir: true, rollupOptions: { input, output: { entryFileNames: "[name].js" } } } });
const run = spawnSync(process.execPath, ["--test", ...Object.keys(input).map((name) => join("obj", "tests", `${name}.js`))], { encoding: "utf8" });
if (run.status !== 0) console.error(run.stdout, run.stderr);
process.exit(run.status ?? 1);
