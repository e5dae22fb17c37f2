import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Leash } from "../src/index.js";
import { GatedMcpServer } from "./mcp-server.js";
import { ScriptedPlatform } from "./scripted-platform.js";

const ROTATIONS = 20;
const CALLS_AT_ONCE = 5;

const server = await GatedMcpServer.start();
const elsewhere = await ScriptedPlatform.start(() => ({ status: 401, text: "" }));
const platform = await ScriptedPlatform.start();
const leash = new Leash({ apiKey: "lsk_live_x", baseUrl: platform.baseUrl });
let handedOff: { url: string; headers: Record<string, string> };

beforeEach(() => {
  server.bearer = "first";
  server.tenant = undefined;
  server.refused = 0;
  elsewhere.seen.length = 0;
  platform.seen.length = 0;
  handedOff = { url: server.url.href, headers: { Authorization: "Bearer first" } };
  platform.answer = () => ({ body: { success: true, data: { slug: "gated", transport: "streamable-http", ...handedOff } } });
});

const WAYS: Record<string, () => StreamableHTTPClientTransportOptions> = {
  mcpFetch: () => ({ fetch: leash.mcpFetch("gated") }),
  mcpAuthProvider: () => ({ authProvider: leash.mcpAuthProvider("gated") }),
  both: () => ({ fetch: leash.mcpFetch("gated"), authProvider: leash.mcpAuthProvider("gated") }),
};

for (const [way, options] of Object.entries(WAYS)) {
  test(`one session with ${way} keeps calling tools across ${ROTATIONS} rotations`, async () => {
    await using(options(), async client => {
      for (let rotation = 1; rotation <= ROTATIONS; rotation++) {
        server.bearer = `bearer-${rotation}`;
        handedOff.headers = { Authorization: `Bearer bearer-${rotation}` };
        await Promise.all(Array.from({ length: CALLS_AT_ONCE }, () => ping(client)));
      }
    });
    assert.equal(server.refused, 0);
  });

  test(`with ${way} a call between the two halves of a rotation does not fail`, async () => {
    await using(options(), async client => {
      for (let rotation = 1; rotation <= 3; rotation++) {
        server.bearer = `bearer-${rotation}`;
        const call = ping(client);
        while (server.refused < rotation) await new Promise(setImmediate);
        handedOff.headers = { Authorization: `Bearer bearer-${rotation}` };
        await call;
      }
    });
    assert.equal(server.refused, 3);
  });

  test(`with ${way} a bearer that stays wrong is tried twice, then it is an error`, async () => {
    handedOff.headers = { Authorization: "Bearer wrong" };

    await assert.rejects(using(options(), ping));

    assert.ok(server.refused >= 2 && server.refused <= 4, `${server.refused}`);
  });
}

test("mcpFetch carries the further headers too", async () => {
  server.tenant = "acme";
  handedOff.headers = { Authorization: "Bearer first", "X-Tenant": "acme" };

  await using(WAYS["mcpFetch"]?.() ?? {}, ping);

  assert.equal(server.refused, 0);
});

test("mcpFetch serves the older transport as well", async () => {
  const transport = new SSEClientTransport(server.url, { fetch: leash.mcpFetch("gated") });

  await assert.rejects(new Client({ name: "test", version: "1" }).connect(transport));

  assert.equal(server.refused, 0, "refused for its transport, not for its bearer");
});

test("mcpFetch takes the headers to no other origin", async () => {
  const fetching = leash.mcpFetch("gated");
  const answer = await fetching(`${elsewhere.baseUrl}/token`, { method: "POST", headers: { "X-Own": "1" } });

  assert.equal(answer.status, 401);
  assert.equal(elsewhere.seen.length, 2, "a 401 is tried once more");
  assert.ok(elsewhere.seen.every(seen => seen.headers.authorization === undefined && seen.headers["x-own"] === "1"));
});

test("mcpFetch follows a redirect within the server, and none that leads elsewhere", async () => {
  const fetching = leash.mcpFetch("gated");
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };

  assert.equal((await fetching(new URL("/moved", server.url), init)).status, 406, "the server read the request");

  handedOff.url = `${elsewhere.baseUrl}/mcp`;
  elsewhere.answer = () => ({ status: 307, headers: { Location: server.url.href }, text: "" });
  assert.equal((await fetching(handedOff.url, init)).status, 307);
  assert.equal(elsewhere.seen.at(-1)?.headers.authorization, "Bearer first");
});

test("mcpFetch does not send a stream twice", async () => {
  handedOff.headers = { Authorization: "Bearer wrong" };
  const body = new Blob(["{}"]).stream();

  const answer = await leash.mcpFetch("gated")(server.url, { method: "POST", body, duplex: "half" } as RequestInit);

  assert.equal(answer.status, 401);
  assert.equal(server.refused, 1);
});

test("what Leash says reaches whoever called the tool", async () => {
  platform.answer = () => ({ status: 404, body: { success: false, error: "Unknown", code: "unknown_mcp_server" } });

  for (const options of Object.values(WAYS)) {
    await assert.rejects(using(options(), ping), { name: "LeashError", code: "UNKNOWN_MCP_SERVER" });
  }
});

async function using(options: StreamableHTTPClientTransportOptions, work: (client: Client) => Promise<unknown>) {
  const client = new Client({ name: "test", version: "1.0.0" });
  try {
    // The cast is the official package's own advice for exactOptionalPropertyTypes.
    await client.connect(new StreamableHTTPClientTransport(server.url, options) as Parameters<Client["connect"]>[0]);
    await work(client);
  } finally {
    await client.close();
  }
}

async function ping(client: Client): Promise<void> {
  const result = await client.callTool({ name: "ping" });
  assert.deepEqual(result.content, [{ type: "text", text: "pong" }]);
}
