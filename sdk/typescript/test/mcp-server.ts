import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

/** The official server behind a gate that lets in the newest bearer only, in open sessions too. */
export class GatedMcpServer {
  bearer = "first";
  /** A further header that each request must show. */
  tenant: string | undefined;
  refused = 0;
  readonly url: URL;
  readonly #sessions = new Map<string, StreamableHTTPServerTransport>();

  private constructor(port: number) {
    this.url = new URL(`http://127.0.0.1:${port}/deep/mcp?v=1`);
  }

  static async start(): Promise<GatedMcpServer> {
    const http = createServer((request, response) => void server.#handle(request, response));
    await new Promise<void>(listening => http.listen(0, "127.0.0.1", listening));
    const server = new GatedMcpServer((http.address() as AddressInfo).port);
    after(() => {
      http.close();
      http.closeAllConnections();
    });
    return server;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === "/moved") return void response.writeHead(307, { Location: this.url.href }).end();
    const { authorization, "x-tenant": tenant } = request.headers;
    if (authorization !== `Bearer ${this.bearer}` || tenant !== this.tenant) {
      this.refused++;
      return void response.writeHead(401, { "WWW-Authenticate": "Bearer" }).end();
    }
    const session = request.headers["mcp-session-id"];
    const known = typeof session === "string" ? this.#sessions.get(session) : undefined;
    await (known ?? (await this.#open())).handleRequest(request, response);
  }

  async #open(): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: id => void this.#sessions.set(id, transport),
    });
    const server = new McpServer({ name: "gated", version: "1.0.0" });
    server.registerTool("ping", {}, () => ({ content: [{ type: "text", text: "pong" }] }));
    server.registerTool("search", {}, () => ({ content: [{ type: "text", text: "found" }] }));
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return transport;
  }
}
