import { equal } from "node:assert/strict";
import { test } from "node:test";
import { en } from "../texts/en";
import { zh } from "../texts/zh";
import { said } from "./said";

const range = { code: "outOfRange", params: { least: "1", most: "300" }, text: "must be 1–300" };

test("a fault is said in Chinese by its code, with what stands in it", () => equal(said(range, zh), "须为 1–300"));

test("in English it is the API's own sentence", () => equal(said(range, en), "must be 1–300"));

test("one that is not known is shown as it came", () => equal(said({ code: "other", params: {}, text: "was never seen" }, zh), "was never seen"));
