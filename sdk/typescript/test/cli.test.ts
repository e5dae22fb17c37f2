import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { ScriptedPlatform, type Answer, type Seen } from "./scripted-platform.js";
import { PACKAGE } from "./tables.js";

const MAIN = join(PACKAGE, "dist/cli/main.js");
const SECRET = "hush-hush";
const CONFIG = {
  ...{ slug: "echo", displayName: "Echo", url: "https://mcp.example.com/mcp", transport: "streamable-http", version: 1 },
  headers: { Authorization: `Bearer ${SECRET}` },
};

const directory = mkdtempSync(join(tmpdir(), "leash-cli-"));
after(() => rmSync(directory, { recursive: true }));
const platform = await ScriptedPlatform.start();
const environment: Record<string, string> = {};

beforeEach(() => {
  platform.seen.length = 0;
  platform.answer = answer;
  delete environment["LEASH_APP"];
  writeFileSync(join(directory, ".env.example"), "export STRIPE_KEY=sk_example\nDATABASE_URL=\nmy-key=1\nLEASH_API_KEY=\n");
});

test("help and version are data, and no failure", async () => {
  for (const args of [["--help"], ["env", "sync", "-h"], ["run", "--help"]]) {
    const { code, stdout, stderr } = await leash(...args);
    assert.equal(code, 0);
    assert.match(stdout, /leash env sync[^]*leash run[^]*leash secrets types[^]*leash mcp config/);
    assert.equal(stderr, "");
  }
  assert.deepEqual(await leash("--version"), { code: 0, stdout: "0.1.0\n", stderr: "" });
});

test("what makes no sense ends with 2 and says where to read on", async () => {
  const senseless = [[], ["env"], ["bogus"], ["env", "sync", "--bogus"], ["env", "sync", "x"], ["mcp", "config"]];
  for (const args of [...senseless, ["mcp", "config", "a", "b"], ["run"], ["run", "--"], ["run", "--bogus"]]) {
    const { code, stdout, stderr } = await leash(...args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, /leash --help/);
  }
  assert.equal(platform.seen.length, 0);
});

test("env sync declares the names and sends no value", async () => {
  const { code, stdout, stderr } = await leash("env", "sync");

  assert.equal(code, 0);
  assert.equal(stdout, "+ STRIPE_KEY\n- OLD_KEY\n");
  assert.match(stderr, /\.env\.example:3: my-key is no key/);
  assert.match(stderr, /LEASH_API_KEY left out/);
  assert.match(stderr, /2 keys of \.env\.example declared for default[^]*no source holds a value for DATABASE_URL/);
  assert.equal(platform.seen[0]?.path, "/api/apps/me/secrets/sync");
  assert.equal(platform.seen[0]?.body, '{"keys":["STRIPE_KEY","DATABASE_URL"]}');
});

test("env sync can be for another app, quiet, strict, or try only", async () => {
  assert.equal((await leash("env", "sync", "--app", "billing", "-q")).stderr, "leash: .env.example:3: my-key is no key: letters, digits and _, at most 100\n");
  assert.equal(platform.seen.at(-1)?.path, "/api/apps/billing/secrets/sync");
  assert.equal((await leash("env", "sync", "--app", "../x")).code, 2);
  assert.equal((await leash("env", "sync", "--strict")).code, 1);
  const dry = await leash("env", "sync", "--dry-run");
  assert.deepEqual([dry.code, dry.stdout], [0, "STRIPE_KEY\nDATABASE_URL\n"]);
  assert.equal(platform.seen.length, 1);
});

test("env sync is for the key's app if LEASH_APP is set to nothing", async () => {
  for (const [app, path] of [["", "me"], ["billing", "billing"]] as const) {
    environment["LEASH_APP"] = app;
    assert.equal((await leash("env", "sync")).code, 0);
    assert.equal(platform.seen.at(-1)?.path, `/api/apps/${path}/secrets/sync`);
  }
});

test("a file without keys takes away no manifest", async () => {
  writeFileSync(join(directory, ".env.example"), "# nothing yet\nLEASH_API_KEY=\n");

  const { code, stderr } = await leash("env", "sync");

  assert.equal(code, 1);
  assert.match(stderr, /declares no key; nothing was sent/);
  assert.equal(platform.seen.length, 0);
});

test("a file that is missing, and a platform that says no, end with 1 and say what to do", async () => {
  const missing = await leash("env", "sync", "--file", "nowhere");
  assert.deepEqual([missing.code, missing.stdout], [1, ""]);
  assert.match(missing.stderr, /nowhere cannot be read \(ENOENT\)/);

  platform.answer = () => ({ status: 401, body: { error: "No", code: "invalid_api_key", action: "Take another" } });
  const refused = await leash("env", "sync");
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /UNAUTHORIZED: No\n {2}What to do: Take another/);
});

test("secrets types writes declarations, on the screen or into a file", async () => {
  const { code, stdout } = await leash("secrets", "types");
  assert.equal(code, 0);
  assert.match(stdout, /interface LeashEnvKeys {\n {4}STRIPE_KEY: string;\n {4}DATABASE_URL: string;\n {2}}/);

  const file = await leash("secrets", "types", "--out", "leash-env.d.ts");
  assert.deepEqual([file.code, file.stdout], [0, ""]);
  assert.equal(readFileSync(join(directory, "leash-env.d.ts"), "utf8"), stdout);
  assert.equal(platform.seen.length, 0);
});

test("the declarations are what the type checker takes", async () => {
  const folder = join(PACKAGE, "target/types");
  mkdirSync(folder, { recursive: true });
  await leash("secrets", "types", "--out", join(folder, "leash-env.d.ts"));
  writeFileSync(join(folder, "app.ts"), `import { Leash, type LeashEnvKeys } from "@leash/sdk";
const known: keyof LeashEnvKeys = "STRIPE_KEY";
// @ts-expect-error: not in the example
const unknown: keyof LeashEnvKeys = "TYPO";
const { STRIPE_KEY } = await new Leash().env.getMany([known, "DATABASE_URL"]);
const optional: string | undefined = process.env.DATABASE_URL;
export { unknown, STRIPE_KEY, optional };
`);
  const options = ["--noEmit", "--strict", "--module", "NodeNext", "--target", "ES2022", "--types", "node"];

  const tsc = join(PACKAGE, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, ...options, join(folder, "app.ts"), join(folder, "leash-env.d.ts")]);
});

test("mcp config prints the config, an mcp.json without a secret, or the headers its helper fetches", async () => {
  assert.deepEqual(JSON.parse((await leash("mcp", "config", "echo")).stdout), CONFIG);

  const file = await leash("mcp", "config", "echo", "--mcp-json");
  const { mcpServers } = JSON.parse(file.stdout) as { mcpServers: Record<string, Record<string, string>> };
  assert.deepEqual(mcpServers["echo"]?.["type"], "http");
  assert.deepEqual(mcpServers["echo"]?.["url"], CONFIG.url);
  assert.ok(!file.stdout.includes(SECRET));

  const [npx, option, command, ...args] = (mcpServers["echo"]?.["headersHelper"] ?? "").split(" ");
  assert.deepEqual([npx, option, command], ["npx", "--no-install", "leash"]);
  assert.deepEqual(JSON.parse((await leash(...args)).stdout), CONFIG.headers);
});

test("run starts a command with the values of now, and ends as it does", async () => {
  const script = "console.log(process.env.STRIPE_KEY, process.argv[1]); process.exit(7)";
  const { code, stdout, stderr } = await leash("run", "--", process.execPath, "-e", script, "--", "--quiet");

  assert.deepEqual([code, stdout], [7, `${SECRET} --quiet\n`]);
  assert.doesNotMatch(stderr, /hush/);
  assert.equal((await leash("run", process.execPath, "-e", "process.exit(3)")).code, 3);
});

test("run tells a command that is not there, cannot be run, was killed, or never started", async () => {
  assert.equal((await leash("run", "--", "no-such-command")).code, 127);
  assert.equal((await leash("run", "--", directory)).code, 126);
  assert.equal((await leash("run", "--", process.execPath, "-e", "process.kill(process.pid, 'SIGKILL')")).code, 137);
  platform.answer = () => ({ status: 402, body: { error: "No", code: "upgrade_required" } });
  const refused = await leash("run", "--", process.execPath, "-e", "console.log('ran')");
  assert.deepEqual([refused.code, refused.stdout], [125, ""]);
});

for (const body of [{}, null, { data: { KEY: 1 } }]) {
  test(`what is no answer of Leash's starts no command: ${JSON.stringify(body)}`, async () => {
    platform.answer = () => ({ body });

    const misled = await leash("run", "--", process.execPath, "-e", "console.log('ran')");
    const sync = await leash("env", "sync");

    assert.deepEqual([misled.code, misled.stdout], [125, ""]);
    assert.match(misled.stderr, /NETWORK_ERROR: .* answered 200 with something that Leash does not say/);
    assert.deepEqual([sync.code, sync.stdout], [1, ""]);
    assert.match(sync.stderr, /NETWORK_ERROR/);
  });
}

test("run passes signals on and lets the command decide", async () => {
  const script = "process.on('SIGTERM', () => process.exit(9)); console.log('up'); setInterval(() => {}, 1000)";
  const child = start("run", "--", process.execPath, "-e", script);
  await once(child.stdout as NodeJS.ReadableStream, "data");

  child.kill("SIGTERM");

  assert.deepEqual(await once(child, "exit"), [9, null]);
});

test("a reader that closes the pipe early is no failure", async () => {
  const child = start("--help");
  child.stdout?.destroy();

  assert.deepEqual((await once(child, "exit"))[0], 0);
});

function answer({ path }: Seen): Answer {
  if (path.startsWith("/api/integrations/")) return { body: { success: true, data: CONFIG } };
  if (path === "/api/apps/env") return { body: { success: true, data: { STRIPE_KEY: SECRET } } };
  return { body: { app: "default", keys: [], added: ["STRIPE_KEY"], removed: ["OLD_KEY"], missing: ["DATABASE_URL"] } };
}

function start(...args: string[]): ChildProcess {
  const { LEASH_APP: _, ...inherited } = process.env;
  const env = { ...inherited, ...environment, LEASH_API_KEY: "lsk_live_x", LEASH_PLATFORM_URL: platform.baseUrl };
  return spawn(process.execPath, [MAIN, ...args], { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"] });
}

async function leash(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(...args);
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", chunk => (output.stdout += chunk));
  child.stderr?.on("data", chunk => (output.stderr += chunk));
  const [code] = (await once(child, "close")) as [number];
  return { code, ...output };
}
