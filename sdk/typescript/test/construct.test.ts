import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { Leash, LeashError, LEASH_ERROR_CODES, type LeashErrorCode, type LeashOptions } from "../src/index.js";
import { ScriptedPlatform } from "./scripted-platform.js";

const KEY = "lsk_live_verysecret";
const CONFIG = { slug: "echo", displayName: "Echo", url: "https://x.example", headers: { Authorization: "Bearer hush" } };

const platform = await ScriptedPlatform.start(() => ({ body: { success: true, data: CONFIG } }));
const { LEASH_API_KEY, LEASH_PLATFORM_URL } = process.env;

beforeEach(() => {
  delete process.env["LEASH_API_KEY"];
  delete process.env["LEASH_PLATFORM_URL"];
  platform.seen.length = 0;
});

afterEach(() => {
  Object.assign(process.env, LEASH_API_KEY === undefined ? {} : { LEASH_API_KEY });
  Object.assign(process.env, LEASH_PLATFORM_URL === undefined ? {} : { LEASH_PLATFORM_URL });
});

test("reads key and address from the environment", async () => {
  Object.assign(process.env, { LEASH_API_KEY: ` ${KEY}\n`, LEASH_PLATFORM_URL: platform.baseUrl });

  await new Leash().getCustomMcpConfig("echo");

  assert.equal(platform.seen[0]?.headers["x-api-key"], KEY);
  assert.equal(platform.seen[0]?.path, "/api/integrations/mcp-config/echo");
});

test("prefers what it is given", async () => {
  Object.assign(process.env, { LEASH_API_KEY: "lsk_live_other", LEASH_PLATFORM_URL: "http://127.0.0.1:1" });

  await new Leash({ apiKey: KEY, baseUrl: new URL(`${platform.baseUrl}/leash?x#y`) }).getCustomMcpConfig("echo");

  assert.equal(platform.seen[0]?.headers["x-api-key"], KEY);
  assert.equal(platform.seen[0]?.path, "/leash/api/integrations/mcp-config/echo");
});

test("refuses to be without a key", () => {
  refused("NO_API_KEY", {});
  refused("NO_API_KEY", { apiKey: "" });
  refused("NO_API_KEY", { apiKey: " " });
  process.env["LEASH_API_KEY"] = " ";
  refused("NO_API_KEY", {});
});

test("refuses a key that no header can carry, without repeating it", () => {
  const error = refused("NO_API_KEY", { apiKey: "lsk_live_a\r\nX-Evil: 1" });

  assert.ok(!inspect(error).includes("Evil"));
});

test("refuses a request that is none", () => {
  refused("NO_REQUEST_SERVER_CONSTRUCT", { apiKey: KEY, request: undefined });
  refused("NO_REQUEST_SERVER_CONSTRUCT", { apiKey: KEY, request: null });
  refused("NO_REQUEST_SERVER_CONSTRUCT", { apiKey: KEY, request: {} as Request });
});

test("refuses headers that no request can carry, without repeating them", () => {
  for (const name of ["cookie", "authorization"]) {
    for (const value of ["hush\r\nX-Evil: 1", "hush\0", "hush=\u{1F511}"]) {
      const error = refused("NO_REQUEST_SERVER_CONSTRUCT", { apiKey: KEY, request: { headers: { [name]: value } } });
      assert.doesNotMatch(inspect(error), /hush|Evil/);
    }
  }
});

test("refuses a page and a worker, before it looks at the key", t => {
  for (const name of ["window", "importScripts"]) {
    Object.defineProperty(globalThis, name, { value: () => {}, configurable: true });
    t.after(() => Reflect.deleteProperty(globalThis, name));
    refused("BROWSER_MODE_UNSUPPORTED", {});
    refused("BROWSER_MODE_UNSUPPORTED", { apiKey: KEY });
    Reflect.deleteProperty(globalThis, name);
  }
});

test("refuses addresses that are none, or have a password in them", () => {
  for (const baseUrl of ["leash.example.com", "ftp://leash.example.com", "https://u:hush@leash.example.com"]) {
    const error = refused("NETWORK_ERROR", { apiKey: KEY, baseUrl });
    assert.ok(!inspect(error).includes("hush"));
  }
});

test("refuses limits that are none", () => {
  assert.throws(() => new Leash({ apiKey: KEY, timeoutMs: 0 }), RangeError);
  assert.throws(() => new Leash({ apiKey: KEY, retries: 11 }), RangeError);
  assert.throws(() => new Leash({ apiKey: KEY, maxRetryWaitMs: Number.NaN }), RangeError);
});

const REQUESTS: Record<string, LeashOptions["request"]> = {
  "a Fetch request": new Request("http://app", { headers: { Cookie: "a=1; b=2", Authorization: "Bearer user", Host: "x" } }),
  "Node's request": { headers: { cookie: "a=1; b=2", authorization: "Bearer user", host: "x" } },
  "headers in odd letters": { headers: { Cookie: ["a=1", "b=2"], AUTHORIZATION: "Bearer user", "x-other": "x" } },
};

for (const [name, request] of Object.entries(REQUESTS)) {
  test(`forwards the end user of ${name}, and nothing else of it`, async () => {
    await new Leash({ apiKey: KEY, baseUrl: platform.baseUrl, request }).getCustomMcpConfig("echo");

    const headers = platform.seen[0]?.headers ?? {};
    assert.equal(headers.cookie, "a=1; b=2");
    assert.equal(headers.authorization, "Bearer user");
    assert.equal(headers["x-api-key"], KEY);
    assert.notEqual(headers.host, "x");
    assert.equal(headers["x-other"], undefined);
  });
}

test("shows no secret, however it is printed", async () => {
  const leash = new Leash({ apiKey: KEY, baseUrl: platform.baseUrl, request: { headers: { cookie: "hush=1" } } });
  const config = await leash.getCustomMcpConfig("echo");
  const shown = [
    ...[leash, leash.env, { leash }].flatMap(one => [inspect(one, { depth: 9, showHidden: true }), JSON.stringify(one), String(one)]),
    inspect(config),
    inspect({ config }, { depth: 9 }),
    inspect(config.headers),
  ].join("\n");

  assert.doesNotMatch(shown, /verysecret|hush/);
  assert.equal(config.headers["Authorization"], "Bearer hush");
  assert.match(JSON.stringify(config), /Bearer hush/);
});

test("an error tells all its fields, and its cause by name", () => {
  const cause = Object.assign(new TypeError("fetch failed"), { headers: { "x-api-key": KEY } });
  const error = new LeashError({
    ...{ code: "NETWORK_ERROR", status: 503, message: "Wrong", action: "Repair", seeAlso: "https://x.example/y" },
    ...{ requestId: "r1", cause },
  } as ConstructorParameters<typeof LeashError>[0]);

  for (const shown of [inspect(error), String(error), JSON.stringify(error)]) {
    for (const part of ["NETWORK_ERROR", "Wrong", "Repair", "https://x.example/y", "r1"]) assert.ok(shown.includes(part), part);
    assert.ok(!shown.includes(KEY));
  }
  assert.equal(error.cause, cause);
  assert.equal(error.name, "LeashError");
  assert.ok(error instanceof Error && LeashError.is(error));
  assert.ok(!LeashError.is(new Error("x")) && !LeashError.is(undefined));
});

test("the codes are these", () => {
  assert.equal(LEASH_ERROR_CODES.length, 15);
  assert.equal(new Set(LEASH_ERROR_CODES).size, 15);
});

function refused(code: LeashErrorCode, options: LeashOptions): unknown {
  let thrown: unknown;
  assert.throws(
    () => new Leash(options),
    error => {
      thrown = error;
      return LeashError.is(error) && error.code === code && error.action !== "";
    },
  );
  return thrown;
}
