// Writes obj/api.ts, the types of the HTTP API, from its OpenAPI document.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const source = process.env.API_DESCRIPTION ?? "obj/openapi.json";
const target = "obj/api.ts";
const document = JSON.parse(readFileSync(source, "utf8"));

const nameOf = (reference) => reference.slice(reference.lastIndexOf("/") + 1);
const at = (reference) => reference.slice(2).split("/").reduce((part, name) => part[name.replaceAll("~1", "/").replaceAll("~0", "~")], document);
const member = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function typeOf(schema) {
  if (!schema || Object.keys(schema).length === 0) return "unknown";
  if (schema.$ref) return /^#\/components\/schemas\/[^/]+$/.test(schema.$ref) ? `schemas[${JSON.stringify(nameOf(schema.$ref))}]` : typeOf(at(schema.$ref));
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map(typeOf).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(" | ");
  switch (schema.type) {
    case "null": return "null";
    case "string": return "string";
    case "boolean": return "boolean";
    case "integer": case "number": return "number";
    case "array": return `Array<${typeOf(schema.items)}>`;
    default: return schema.properties || schema.additionalProperties ? objectOf(schema) : "unknown";
  }
}

function objectOf(schema) {
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(([name, value]) => `${member(name)}${required.has(name) ? "" : "?"}: ${typeOf(value)}`);
  if (schema.additionalProperties) members.push(`[name: string]: ${typeOf(schema.additionalProperties)}`);
  return `{ ${members.join("; ")} }`;
}

const json = (content) => content?.["application/json"]?.schema;
const lines = ["// Made by tools/api-types.js from the API's description; not to be edited.", "export interface schemas {"];
for (const [name, schema] of Object.entries(document.components.schemas)) lines.push(`  ${member(name)}: ${typeOf(schema)};`);
lines.push("}", "export interface operations {");
for (const [path, methods] of Object.entries(document.paths))
  for (const [method, operation] of Object.entries(methods)) {
    const answer = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
    const body = json(operation.requestBody?.content);
    const shape = (path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path);
    lines.push(`  ${JSON.stringify(`${method.toUpperCase()} ${shape}`)}: { body: ${body ? typeOf(body) : "undefined"}; answer: ${json(answer?.[1]?.content) ? typeOf(json(answer[1].content)) : "undefined"} };`);
  }
lines.push("}", "");
const text = lines.join("\n");
mkdirSync("obj", { recursive: true });
if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);
