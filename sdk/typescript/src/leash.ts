import { Env } from "./env.js";
import { mcpAuthProvider, type McpAuthProvider } from "./mcp-auth.js";
import { fetchMcpConfig, type McpConfig } from "./mcp-config.js";
import { mcpFetch, type McpFetch } from "./mcp-fetch.js";
import { settingsOf, type LeashOptions } from "./options.js";
import { Platform } from "./platform.js";
import { inspectAs } from "./redaction.js";

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** An app's way to its organization's MCP servers and env values. Safe to share; it opens nothing that must be closed. */
export class Leash {
  readonly env: Env;
  readonly #platform: Platform;

  /** Throws a LeashError if there is no key, if `request` is none, or in a browser. Contacts nobody. */
  constructor(options: LeashOptions = {}) {
    this.#platform = new Platform(settingsOf(options));
    this.env = new Env(this.#platform);
  }

  /** Where to connect and with what headers. Asked afresh on every call, so a rotation is in the next answer. */
  getCustomMcpConfig(slug: string, options: CallOptions = {}): Promise<McpConfig> {
    return fetchMcpConfig(this.#platform, slug, options.signal);
  }

  /**
   * For the official MCP client's `fetch`: carries all headers of the server, as they are at that moment, and tries a
   * 401 once more. A rotation reaches sessions that are open.
   */
  mcpFetch(slug: string): McpFetch {
    return mcpFetch(signal => fetchMcpConfig(this.#platform, slug, signal));
  }

  /** For the official MCP client's `authProvider`: the bearer only. A server with further headers needs `mcpFetch`. */
  mcpAuthProvider(slug: string): McpAuthProvider {
    return mcpAuthProvider(signal => fetchMcpConfig(this.#platform, slug, signal));
  }

  /** The address, and nothing that is secret. */
  toJSON(): { baseUrl: string } {
    return { baseUrl: this.#platform.baseUrl.href };
  }

  toString(): string {
    return `Leash(${this.#platform.baseUrl.href})`;
  }
}

inspectAs(Leash.prototype, leash => leash.toString());
