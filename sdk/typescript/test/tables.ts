import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** From target/test/test, where the compiled tests are. */
const ROOT = new URL("../../../", import.meta.url);

/** The package's folder. */
export const PACKAGE = fileURLToPath(ROOT);

/** The rows of a table that this SDK shares with the one for Java. */
export function rowsOf<T>(table: string): T[] {
  const text = readFileSync(new URL(`../conformance/${table}.json`, ROOT), "utf8");
  return (JSON.parse(text) as { rows: T[] }).rows;
}
