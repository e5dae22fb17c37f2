import { inspectAs } from "./redaction.js";

/** Everything that can go wrong, as a closed list: what the platform answers, and what happens before it is asked. */
export const LEASH_ERROR_CODES = [
  "NO_API_KEY",
  "NO_REQUEST_SERVER_CONSTRUCT",
  "BROWSER_MODE_UNSUPPORTED",
  "UNAUTHORIZED",
  "UPGRADE_REQUIRED",
  "UNKNOWN_MCP_SERVER",
  "NOT_ALLOWED",
  "INVALID_KEY",
  "KEY_NOT_DECLARED",
  "KEY_NOT_FOUND",
  "SOURCE_UNREACHABLE",
  "RATE_LIMITED",
  "SECRETS_UNAVAILABLE",
  "STORAGE_UNAVAILABLE",
  "NETWORK_ERROR",
] as const;

export type LeashErrorCode = (typeof LEASH_ERROR_CODES)[number];

export interface LeashErrorFields {
  code: LeashErrorCode;
  message: string;
  /** What to do about it. */
  action: string;
  /** The HTTP status, if the platform answered. */
  status?: number | undefined;
  /** Where it is documented: an absolute URL. */
  seeAlso?: string | undefined;
  /** Names the failed request in the platform's log. */
  requestId?: string | undefined;
  cause?: unknown;
}

/** The only error that this package throws on its own account. It never carries a key, a header or a value. */
export class LeashError extends Error {
  readonly code: LeashErrorCode;
  readonly action: string;
  readonly status: number | undefined;
  readonly seeAlso: string | undefined;
  readonly requestId: string | undefined;

  constructor(fields: LeashErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.action = fields.action;
    this.status = fields.status;
    this.seeAlso = fields.seeAlso;
    this.requestId = fields.requestId;
  }

  /** Tells this error from others, also when two copies of this package are loaded. */
  static is(error: unknown): error is LeashError {
    return error instanceof Error && error.name === "LeashError" && "code" in error;
  }

  /** The fields as data, without the cause and the stack. */
  toJSON(): Record<string, unknown> {
    const { name, code, status, message, action, seeAlso, requestId } = this;
    return { name, code, status, message, action, seeAlso, requestId };
  }

  override toString(): string {
    const lines = [`LeashError ${this.code}: ${this.message}`, `  What to do: ${this.action}`];
    if (this.seeAlso !== undefined) lines.push(`  See also: ${this.seeAlso}`);
    if (this.requestId !== undefined) lines.push(`  Request: ${this.requestId}`);
    return lines.join("\n");
  }
}

Object.defineProperty(LeashError.prototype, "name", { value: "LeashError", configurable: true, writable: true });
inspectAs(LeashError.prototype, error => {
  const causes = error.cause instanceof Error ? `\n  Cause: ${error.cause.name}: ${error.cause.message}` : "";
  const frames = (error.stack ?? "").split("\n").filter(line => line.startsWith("    at ")).join("\n");
  return `${error.toString()}${causes}${frames === "" ? "" : `\n${frames}`}`;
});
