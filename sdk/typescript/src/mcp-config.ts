import { LeashError } from "./error.js";
import type { Platform } from "./platform.js";
import { unreadable } from "./problem.js";
import { hideValues } from "./redaction.js";
import { isStringRecord } from "./shapes.js";

/** What to connect an MCP client with. The values of `headers` are secret; a console does not show them. */
export interface McpConfig {
  readonly slug: string;
  readonly displayName: string;
  readonly url: string;
  /** For every request to the server; empty if it wants none. */
  readonly headers: Record<string, string>;
  readonly transport: "streamable-http" | "sse";
  /** Grows by one with every change of URL, headers or bearer. */
  readonly version: number;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Asks the platform. Nothing is kept: a rotation is in the next answer. */
export async function fetchMcpConfig(platform: Platform, slug: string, signal?: AbortSignal): Promise<McpConfig> {
  if (!SLUG.test(slug)) throw impossible(slug);
  const answer = await platform.json({ method: "GET", path: `api/integrations/mcp-config/${slug}`, signal });
  const config = parse(answer);
  if (config === undefined) throw unreadable(200, platform.baseUrl);
  return config;
}

/** No server has such a slug, and as a part of a path it could ask for something else. */
function impossible(slug: string): LeashError {
  return new LeashError({
    code: "UNKNOWN_MCP_SERVER",
    message: `Unknown MCP server: ${JSON.stringify(slug)} is no slug`,
    action: "Use the slug that the dashboard shows: lower-case letters, digits and hyphens, at most 63 characters.",
  });
}

function parse(answer: unknown): McpConfig | undefined {
  const data = (answer as { data?: Partial<McpConfig> | null } | null)?.data;
  if (typeof data?.slug !== "string" || typeof data.url !== "string" || !isStringRecord(data.headers)) return undefined;
  return {
    slug: data.slug,
    displayName: typeof data.displayName === "string" ? data.displayName : data.slug,
    url: data.url,
    headers: hideValues({ ...data.headers }),
    transport: data.transport === "sse" ? "sse" : "streamable-http",
    version: typeof data.version === "number" ? data.version : 1,
  };
}
