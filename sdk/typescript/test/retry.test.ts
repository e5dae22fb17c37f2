import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRetryAfter } from "../src/retry.js";
import { rowsOf } from "./tables.js";

for (const { value, seconds } of rowsOf<{ value: string; seconds: number | null }>("retry-after")) {
  test(`Retry-After: ${value}`, () => {
    const milliseconds = parseRetryAfter(value, 0);

    assert.equal(milliseconds === undefined ? null : milliseconds / 1_000, seconds);
  });
}
