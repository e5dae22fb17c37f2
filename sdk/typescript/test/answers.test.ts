import assert from "node:assert/strict";
import { test } from "node:test";
import { Leash, LeashError } from "../src/index.js";
import { inTurn, ScriptedPlatform, type Answer } from "./scripted-platform.js";
import { rowsOf } from "./tables.js";

interface Row {
  name: string;
  call: "mcp" | "env";
  retries: number;
  timeoutMs?: number;
  answers: Answer[];
  expect: { value?: unknown; error?: Record<string, unknown>; requests?: number; requestsAtLeast?: number; atLeastMs?: number };
}

const platform = await ScriptedPlatform.start();

for (const row of rowsOf<Row>("answers")) {
  test(row.name, async () => {
    platform.seen.length = 0;
    platform.answer = inTurn(...row.answers);
    const { baseUrl } = platform;
    const leash = new Leash({ apiKey: "lsk_live_x", baseUrl, retries: row.retries, timeoutMs: row.timeoutMs });
    const started = performance.now();

    const outcome = await (row.call === "mcp" ? leash.getCustomMcpConfig("echo") : leash.env.get("KEY")).then(
      value => ({ value }),
      (error: unknown) => ({ error }),
    );

    if ("error" in outcome) {
      assert.ok(LeashError.is(outcome.error), String(outcome.error));
      const { error } = outcome;
      for (const [field, expected] of Object.entries(row.expect.error ?? { code: "no error" })) {
        const absolute = typeof expected === "string" ? expected.replace("{baseUrl}", baseUrl) : expected;
        assert.equal(error[field as keyof LeashError] ?? null, absolute, field);
      }
      assert.ok(error.message !== "" && error.action !== "", "says what is wrong and what to do");
      assert.ok(!error.message.includes("secret"), "repeats no body");
    } else {
      assert.deepEqual(outcome.value, row.expect.value);
    }
    if (row.expect.requests !== undefined) assert.equal(platform.seen.length, row.expect.requests);
    assert.ok(platform.seen.length >= (row.expect.requestsAtLeast ?? 1));
    assert.ok(performance.now() - started >= (row.expect.atLeastMs ?? 0));
  });
}
