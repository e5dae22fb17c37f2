// usage: node live.mjs <slug>
// One session of the official client, which calls a tool until its input ends and prints a line per call that succeeded.
import { Leash } from "@leash/sdk";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [slug] = process.argv.slice(2);
const leash = new Leash();
const { url } = await leash.getCustomMcpConfig(slug);
const client = new Client({ name: "live", version: "1.0.0" });
await client.connect(new StreamableHTTPClientTransport(new URL(url), {
  fetch: leash.mcpFetch(slug),
  authProvider: leash.mcpAuthProvider(slug),
}));

let ending = false;
process.stdin.on("end", () => (ending = true)).resume();
for (let call = 1; !ending; call++) {
  const { content } = await client.callTool({ name: "echo", arguments: { text: `${call}` } });
  console.log(content[0].text);
}
await client.close();
