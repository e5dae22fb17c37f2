// usage: node run.mjs <rows.json> <world.json>
// Runs rows of platform.json with the installed package and prints one outcome per line, for app's ConformanceTest.
import { readFileSync } from "node:fs";
import { Leash, LeashError } from "@leash/sdk";

const [rows, world] = process.argv.slice(2).map(file => JSON.parse(readFileSync(file, "utf8")));

for (const row of rows) {
  const outcome = await outcomeOf(row);
  console.log(JSON.stringify({ name: row.name, ...outcome }));
}

async function outcomeOf(row) {
  if (row.runtime === "browser") globalThis.window = globalThis;
  try {
    return { value: await call(row) };
  } catch (error) {
    if (!LeashError.is(error)) throw error;
    const { code, status = null, message, action, seeAlso = null, requestId = null } = error;
    return { error: { code, status, message, action, seeAlso, requestId } };
  } finally {
    delete globalThis.window;
  }
}

async function call(row) {
  const { [row.platform]: baseUrl } = world.platforms;
  const options = { apiKey: world.keys[row.key], baseUrl, retries: 0, timeoutMs: row.timeoutMs };
  if (row.request !== undefined) options.request = row.request === "none" ? undefined : { headers: row.request };
  const leash = new Leash(options);
  let value;
  for (let time = 0; time < (row.repeat ?? 1); time++) {
    value = row.call === "mcp" ? await leash.getCustomMcpConfig(row.slug) : await env(leash, row);
  }
  return value;
}

async function env(leash, { envKey, batch }) {
  return batch === undefined ? leash.env.get(envKey) : (await leash.env.getMany(batch))[envKey];
}
