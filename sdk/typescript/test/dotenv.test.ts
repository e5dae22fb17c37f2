import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDotenv } from "../src/cli/dotenv.js";
import { rowsOf } from "./tables.js";

interface Row {
  name: string;
  text: string;
  encoding?: "utf-16le" | "utf-16be";
  keys: string[];
  problemLines: number[];
}

for (const row of rowsOf<Row>("dotenv")) {
  test(row.name, () => {
    const { keys, problems } = parseDotenv(bytesOf(row));

    assert.deepEqual(keys, row.keys);
    assert.deepEqual(problems.map(problem => problem.line), row.problemLines);
  });
}

function bytesOf({ text, encoding }: Row): Uint8Array {
  if (encoding === undefined) return Buffer.from(text, "utf8");
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}
