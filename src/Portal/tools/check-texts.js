// Pages say nothing that does not stand in the catalogues: no text between tags, and none in the attributes that people read or hear.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const spoken = new Set(["alt", "aria-label", "description", "emptyText", "extra", "help", "label", "message", "okText", "cancelText", "placeholder", "subTitle", "tip", "title", "tooltip"]);
const letters = /\p{L}/u;
const faults = [];

function look(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const tell = (node, text) => faults.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
  const visit = (node) => {
    if (ts.isJsxText(node) && letters.test(node.text)) tell(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression) && letters.test(node.expression.text) && !ts.isJsxAttribute(node.parent)) tell(node, node.expression.text);
    if ((ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) && spoken.has(node.name.getText())) {
      let value = node.initializer;
      if (value && ts.isJsxExpression(value)) value = value.expression;
      if (value && ts.isStringLiteralLike(value) && letters.test(value.text)) tell(node, value.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

for (const file of readdirSync("src", { recursive: true })) if (String(file).endsWith(".tsx")) look(join("src", String(file)));
if (faults.length > 0) {
  console.error(`These texts belong into src/texts:\n${faults.join("\n")}`);
  process.exit(1);
}
