import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { LEASH_ERROR_CODES } from "../src/index.js";
import { GatedMcpServer } from "./mcp-server.js";
import { ScriptedPlatform } from "./scripted-platform.js";
import { PACKAGE } from "./tables.js";

const README = readFileSync(join(PACKAGE, "README.md"), "utf8");
const VALUES = { STRIPE_KEY: "sk", DATABASE_URL: "postgres" };

test("the code of the README runs, one block after the other", async () => {
  const server = await GatedMcpServer.start();
  const data = { slug: "intercom", url: server.url.href, headers: { Authorization: "Bearer first" } };
  const platform = await ScriptedPlatform.start(({ path }) => {
    if (path.endsWith("/intercom")) return { body: { success: true, data } };
    if (path.endsWith("/STRIPE_KEY")) return { body: { value: VALUES.STRIPE_KEY } };
    if (path.endsWith("/DATABASE_URL")) return { body: { value: VALUES.DATABASE_URL } };
    return { status: 404, body: { success: false, error: "Unknown", code: "unknown_mcp_server", action: "Register it" } };
  });
  // Inside the package, where its own name leads to what was built.
  const directory = join(PACKAGE, "target/readme");
  mkdirSync(directory, { recursive: true });
  const script = join(directory, "readme.mjs");
  const blocks = [...README.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
  writeFileSync(script, blocks.join("\n"));
  const env = { ...process.env, LEASH_API_KEY: "lsk_live_x", LEASH_PLATFORM_URL: platform.baseUrl };

  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });

  assert.equal(stdout, "[ { type: 'text', text: 'found' } ]\n2 2 8\nUNKNOWN_MCP_SERVER 404 Register it\n");
});

test("the README tells every code", () => {
  for (const code of LEASH_ERROR_CODES) assert.ok(README.includes(`\`${code}\``), code);
});
