import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

/** One answer of the conformance tables. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string;
  /** Instead of a body: so many bytes that mean nothing. */
  bytes?: number;
  /** Breaks the connection instead. */
  close?: boolean;
  /** Accepts the request and says nothing. */
  silent?: boolean;
}

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** Speaks the platform's HTTP with words that are put into its mouth, one answer per request. */
export class ScriptedPlatform {
  readonly seen: Seen[] = [];
  readonly baseUrl: string;
  answer: (seen: Seen) => Answer;

  private constructor(port: number, answer: (seen: Seen) => Answer) {
    this.baseUrl = `http://127.0.0.1:${port}`;
    this.answer = answer;
  }

  /** Stops when the tests of the file are done. */
  static async start(answer: (seen: Seen) => Answer = () => ({ status: 500 })): Promise<ScriptedPlatform> {
    const server = createServer((request, response) => void platform.#handle(request, response));
    await new Promise<void>(listening => server.listen(0, "127.0.0.1", listening));
    const platform = new ScriptedPlatform((server.address() as AddressInfo).port, answer);
    after(() => {
      server.close();
      server.closeAllConnections();
    });
    return platform;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const seen = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    this.seen.push(seen);
    const { status = 200, headers = {}, body, bytes = 0, text = bytes > 0 ? "x".repeat(bytes) : undefined, close = false, silent = false } = this.answer(seen);
    if (silent) return;
    if (close) return void request.socket.destroy();
    response.writeHead(status, headers).end(text ?? JSON.stringify(body));
  }
}

/** Answers with these in turn, and with the last one from then on. */
export function inTurn(...answers: Answer[]): () => Answer {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] as Answer;
}
