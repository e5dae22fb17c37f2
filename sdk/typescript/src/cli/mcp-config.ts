import { parseArgs } from "node:util";
import { Leash } from "../leash.js";
import type { McpConfig } from "../mcp-config.js";
import { EXIT, UsageError, type Terminal } from "./terminal.js";

/** Prints where a server is and the headers it wants; or what a client's `mcp.json` needs, without any secret in it. */
export async function mcpConfig(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { "mcp-json": { type: "boolean", default: false }, headers: { type: "boolean", default: false } },
  });
  const [slug, ...more] = positionals;
  if (slug === undefined || more.length > 0) throw new UsageError("mcp config takes one slug");
  if (values["mcp-json"] && values.headers) throw new UsageError("--mcp-json and --headers exclude each other");
  const config = await new Leash().getCustomMcpConfig(slug);
  terminal.out(`${JSON.stringify(values.headers ? config.headers : values["mcp-json"] ? file(config) : config, null, 2)}\n`);
  if (!values["mcp-json"] && process.stdout.isTTY) terminal.note("These headers are secret: keep them off the screen");
  return EXIT.ok;
}

/** The client runs the helper whenever it connects, so the file needs no change after a rotation. */
function file(config: McpConfig): unknown {
  const type = config.transport === "sse" ? "sse" : "http";
  const helper = `npx --no-install leash mcp config ${config.slug} --headers`;
  const server = Object.keys(config.headers).length === 0 ? {} : { headersHelper: helper };
  return { mcpServers: { [config.slug]: { type, url: config.url, ...server } } };
}
