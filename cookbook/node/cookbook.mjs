// LEASH_PLATFORM_URL=https://… LEASH_API_KEY=lsk_live_… node cookbook.mjs <slug> <tool> '{"argument": "value"}'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { LEASH_PLATFORM_URL: base, LEASH_API_KEY: key } = process.env;
const [slug, tool, args = "{}"] = process.argv.slice(2);
const client = new Client({ name: "leash-cookbook", version: "1.0.0" });

try {
    // Ask every time you connect: after a rotation, the next answer already carries the new bearer.
    const response = await fetch(`${base}/api/integrations/mcp-config/${slug}`, { headers: { "X-API-Key": key } });
    const { success, data, code } = await response.json();
    if (!success) throw Object.assign(new Error("Leash said no"), { leashCode: code });

    const transport = new StreamableHTTPClientTransport(new URL(data.url), { requestInit: { headers: data.headers } });
    await client.connect(transport);
    const result = await client.callTool({ name: tool, arguments: JSON.parse(args) });

    console.log(result.content.filter(part => part.type === "text").map(part => part.text).join("\n"));
    process.exitCode = result.isError ? 1 : 0;
} catch (failure) {
    console.error(failure.leashCode ? `code: ${failure.leashCode}` : `error: ${failure.constructor.name}`);
    process.exitCode = 1;
} finally {
    await client.close();
}
