import type { McpConfig } from "./mcp-config.js";
import { settle } from "./retry.js";
import { parseUrl, sameOrigin } from "./urls.js";

/** Asks Leash for the config, afresh. */
export type ConfigSource = (signal?: AbortSignal) => Promise<McpConfig>;

/** What the official MCP client takes as `fetch`. */
export type McpFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

const MAX_REDIRECTS = 3;

/**
 * A fetch that carries the headers Leash hands off at that moment. A 401 is asked about once more and tried once more.
 * They go to the origin of the handed-off URL only: a request elsewhere, to an authorization server say, or behind a
 * redirect, leaves without them.
 */
export function mcpFetch(source: ConfigSource): McpFetch {
  return async (url, init = {}) => {
    const target = new URL(url);
    const signal = init.signal ?? undefined;
    const first = await send(target, init, await source(signal));
    if (first.status !== 401 || !isRepeatable(init.body)) return first;
    await first.body?.cancel();
    await settle(signal);
    return send(target, init, await source(signal));
  };
}

async function send(target: URL, init: RequestInit, config: McpConfig): Promise<Response> {
  const server = parseUrl(config.url);
  if (server === null || !sameOrigin(target, server)) return fetch(target, init);
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(config.headers)) headers.set(name, value);
  const request: RequestInit = { ...init, headers, redirect: init.redirect === "error" ? "error" : "manual" };
  let response = await fetch(target, request);
  for (let followed = 0; init.redirect !== "manual" && followed < MAX_REDIRECTS; followed++) {
    const next = redirectWithin(server, target, response);
    if (next === undefined) break;
    await response.body?.cancel();
    target = next;
    response = await fetch(target, request);
  }
  return response;
}

/** Where to go on, if method and body may be kept and the origin is the same. */
function redirectWithin(server: URL, from: URL, response: Response): URL | undefined {
  if (response.status !== 307 && response.status !== 308) return undefined;
  const next = parseUrl(response.headers.get("location") ?? "", from);
  return next !== null && sameOrigin(next, server) ? next : undefined;
}

/** A stream is used up by the first attempt. */
function isRepeatable(body: RequestInit["body"]): boolean {
  return body === undefined || body === null || !(body instanceof ReadableStream);
}
