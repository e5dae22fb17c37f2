import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { inspect } from "node:util";
import { Leash, LeashError } from "../src/index.js";
import { ScriptedPlatform, type Answer, type Seen } from "./scripted-platform.js";

const values = new Map<string, string>();
const platform = await ScriptedPlatform.start();
let leash: Leash;

beforeEach(() => {
  values.clear();
  values.set("KEY", "one").set("OTHER", "two");
  platform.seen.length = 0;
  platform.answer = answer;
  leash = new Leash({ apiKey: "lsk_live_x", baseUrl: platform.baseUrl, retries: 0 });
});

test("asks once in 60 seconds", async t => {
  const clock = movableClock();
  t.after(() => clock.restore());
  assert.equal(await leash.env.get("KEY"), "one");
  values.set("KEY", "new");

  clock.ahead(59_000);
  assert.equal(await leash.env.get("KEY"), "one");
  clock.ahead(60_001);

  assert.equal(await leash.env.get("KEY"), "new");
  assert.equal(platform.seen.length, 2);
});

test("a value that grows too old while it is looked up is a value all the same", async t => {
  await leash.env.get("KEY");
  const start = performance.now();
  const times = [start + 59_000, start + 60_001];
  const now = mock.method(performance, "now", () => (times.length > 1 ? times.shift() : times[0]));
  t.after(() => now.mock.restore());

  assert.equal(await leash.env.get("KEY"), "one");
});

test("values that are too old do not stay in memory", async t => {
  const clock = movableClock();
  t.after(() => clock.restore());
  await leash.env.getMany(["KEY", "OTHER"]);
  assert.equal(inspect(leash.env), "LeashEnv { kept: 2 }");

  clock.ahead(60_001);
  await leash.env.get("KEY");

  assert.equal(inspect(leash.env), "LeashEnv { kept: 1 }");
});

test("a value is as old as its question, not as its answer", async t => {
  const clock = movableClock();
  t.after(() => clock.restore());
  platform.answer = seen => {
    clock.ahead(5_000);
    return answer(seen);
  };
  await leash.env.get("KEY");

  clock.ahead(60_001);
  await leash.env.get("KEY");

  assert.equal(platform.seen.length, 2);
});

test("fresh asks at once, and its answer is for others too", async () => {
  await leash.env.get("KEY");
  values.set("KEY", "new");

  assert.equal(await leash.env.get("KEY", { fresh: true }), "new");
  assert.equal(await leash.env.get("KEY"), "new");
  assert.equal(platform.seen.length, 2);
});

test("each instance has its own cache", async () => {
  await leash.env.get("KEY");
  values.set("KEY", "new");

  const other = new Leash({ apiKey: "lsk_live_x", baseUrl: platform.baseUrl });

  assert.equal(await other.env.get("KEY"), "new");
});

test("those who ask at the same time share a question", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => leash.env.get("KEY")));

  assert.deepEqual(new Set(answers), new Set(["one"]));
  assert.equal(platform.seen.length, 1);
});

test("those who ask at the same time share an error, which is not kept", async () => {
  values.delete("KEY");
  const outcomes = await Promise.allSettled([leash.env.get("KEY"), leash.env.get("KEY"), leash.env.get("KEY")]);
  assert.ok(outcomes.every(outcome => outcome.status === "rejected" && LeashError.is(outcome.reason)));
  assert.equal(platform.seen.length, 1);

  values.set("KEY", "there");

  assert.equal(await leash.env.get("KEY"), "there");
});

test("fresh never takes an answer whose question was sent before", async () => {
  const slow = leash.env.get("KEY");
  values.set("KEY", "new");

  assert.equal(await leash.env.get("KEY", { fresh: true }), "new");

  await slow;
  assert.equal(platform.seen.length, 2);
});

test("a late answer to an earlier question replaces none to a later", async t => {
  const held: (() => void)[] = [];
  const original = globalThis.fetch;
  let calls = 0;
  const fetching = mock.method(globalThis, "fetch", async (...args: Parameters<typeof fetch>) => {
    const first = calls++ === 0;
    const response = await original(...args);
    if (first) await new Promise<void>(go => held.push(go));
    return response;
  });
  t.after(() => fetching.mock.restore());
  const late = leash.env.get("KEY");
  while (held.length === 0) await new Promise(setImmediate);
  values.set("KEY", "new");
  assert.equal(await leash.env.get("KEY", { fresh: true }), "new");

  held[0]?.();

  assert.equal(await late, "one");
  assert.equal(await leash.env.get("KEY"), "new");
});

test("many are asked for in one question, without those that are known", async () => {
  values.set("THIRD", "three");
  await leash.env.get("KEY");

  assert.deepEqual(await leash.env.getMany(["KEY", "OTHER", "THIRD", "OTHER"]), { KEY: "one", OTHER: "two", THIRD: "three" });

  assert.deepEqual(platform.seen.map(({ method, path }) => `${method} ${path}`), [
    "GET /api/apps/me/secrets/KEY",
    "POST /api/apps/me/secrets:batch",
  ]);
  assert.deepEqual(JSON.parse(platform.seen[1]?.body ?? ""), { keys: ["OTHER", "THIRD"] });
});

test("many join a question that is under way", async () => {
  const [one, many] = await Promise.all([leash.env.get("KEY"), leash.env.getMany(["KEY", "OTHER"])]);

  assert.equal(one, many.KEY);
  assert.deepEqual(platform.seen.map(seen => seen.path), ["/api/apps/me/secrets/KEY", "/api/apps/me/secrets/OTHER"]);
});

test("more than a hundred are asked for in several questions", async () => {
  const keys = Array.from({ length: 250 }, (_, index) => `K${index}`);
  keys.forEach(key => values.set(key, `value of ${key}`));

  const all = await leash.env.getMany(keys);

  assert.equal(Object.keys(all).length, 250);
  assert.equal(all["K249"], "value of K249");
  assert.equal(platform.seen.length, 3);
});

test("none are nothing to ask for", async () => {
  assert.deepEqual(await leash.env.getMany([]), {});
  assert.equal(platform.seen.length, 0);
});

test("a key that says __proto__ is a key like others", async () => {
  values.set("__proto__", "p").set("constructor", "c");

  const both = await leash.env.getMany(["__proto__", "constructor"]);

  assert.deepEqual(Object.entries(both), [["__proto__", "p"], ["constructor", "c"]]);
});

test("the platform says what no key is, and no such key gets into a path", async () => {
  for (const key of ["", "..", "a/../b", "a?b", "1A", "ü", undefined as unknown as string]) {
    await assert.rejects(leash.env.get(key), { code: "INVALID_KEY" });
  }
  assert.ok(platform.seen.every(({ path }) => /^\/api\/apps\/me\/secrets(:batch|\/\w+)$/.test(path)));
});

test("whoever gives up gets the signal's reason, and others their answer", async () => {
  const giveUp = new AbortController();
  const impatient = leash.env.get("KEY", { signal: giveUp.signal });
  const patient = leash.env.get("KEY");
  giveUp.abort(new Error("enough"));

  await assert.rejects(impatient, /enough/);
  assert.equal(await patient, "one");
  await assert.rejects(leash.env.get("KEY", { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("giving up ends the request for a config, also between attempts", async () => {
  platform.answer = () => ({ silent: true });
  await assert.rejects(leash.getCustomMcpConfig("echo", { signal: AbortSignal.timeout(50) }), { name: "TimeoutError" });

  platform.answer = () => ({ status: 503, headers: { "Retry-After": "9" }, body: {} });
  const patient = new Leash({ apiKey: "lsk_live_x", baseUrl: platform.baseUrl });
  const before = platform.seen.length;
  await assert.rejects(patient.getCustomMcpConfig("echo", { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
  assert.ok(platform.seen.length <= before + 1);
});

function answer({ method, path, body }: Seen): Answer {
  const keys = method === "GET" ? [path.slice(path.lastIndexOf("/") + 1)] : (JSON.parse(body) as { keys: string[] }).keys;
  const invalid = keys.find(key => !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(key ?? ""));
  if (invalid !== undefined || keys.includes(null as never)) return { status: 400, body: { error: "No", code: "invalid_key" } };
  const missing = keys.find(key => !values.has(key));
  if (missing !== undefined) return { status: 404, body: { error: `No ${missing}`, code: "key_not_found" } };
  if (method === "GET") return { body: { value: values.get(keys[0] as string) } };
  return { body: { values: Object.fromEntries(keys.map(key => [key, values.get(key)])) } };
}

function movableClock(): { ahead(milliseconds: number): void; restore(): void } {
  const start = performance.now();
  let ahead = 0;
  const method = mock.method(performance, "now", () => start + ahead);
  return {
    ahead: milliseconds => {
      ahead = milliseconds;
    },
    restore: () => method.mock.restore(),
  };
}
