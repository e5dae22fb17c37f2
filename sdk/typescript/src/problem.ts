import { LeashError, type LeashErrorCode } from "./error.js";
import { parseUrl } from "./urls.js";

/** What the platform's codes are called here. Two that an app cannot tell apart by what it does next share one. */
const CODES: Readonly<Record<string, LeashErrorCode>> = {
  api_key_required: "UNAUTHORIZED",
  invalid_api_key: "UNAUTHORIZED",
  upgrade_required: "UPGRADE_REQUIRED",
  not_allowed: "NOT_ALLOWED",
  forbidden: "NOT_ALLOWED",
  unknown_mcp_server: "UNKNOWN_MCP_SERVER",
  invalid_key: "INVALID_KEY",
  invalid_request: "INVALID_KEY",
  key_not_declared: "KEY_NOT_DECLARED",
  unknown_app: "KEY_NOT_DECLARED",
  key_not_found: "KEY_NOT_FOUND",
  source_unreachable: "SOURCE_UNREACHABLE",
  rate_limited: "RATE_LIMITED",
  secrets_unavailable: "SECRETS_UNAVAILABLE",
  storage_unavailable: "STORAGE_UNAVAILABLE",
};

const FALLBACK_ACTION = "Check LEASH_PLATFORM_URL, and that nothing between the app and Leash answers in its place.";

/** The members of a problem document that are read here; each may be missing, or not what it should be. */
interface Problem {
  code?: unknown;
  error?: unknown;
  detail?: unknown;
  action?: unknown;
  seeAlso?: unknown;
  requestId?: unknown;
}

/** Turns an answer that is no success into an error, whoever gave it. */
export function errorOf(status: number, body: unknown, baseUrl: URL, requestId: string | null): LeashError {
  const problem: Problem = typeof body === "object" && body !== null ? body : {};
  const known = text(problem.code);
  const code = known === undefined ? undefined : CODES[known];
  const said = text(problem.error) ?? text(problem.detail);
  return new LeashError({
    code: code ?? "NETWORK_ERROR",
    status,
    message: said ?? `${baseUrl.origin} answered ${status}, which is no answer of Leash's`,
    action: text(problem.action) ?? FALLBACK_ACTION,
    seeAlso: absolute(text(problem.seeAlso), baseUrl),
    requestId: text(problem.requestId) ?? requestId ?? undefined,
  });
}

/** The answer has status 200 and yet is not what the API promises. */
export function unreadable(status: number, baseUrl: URL, cause?: unknown): LeashError {
  return new LeashError({
    code: "NETWORK_ERROR",
    status,
    message: `${baseUrl.origin} answered ${status} with something that Leash does not say`,
    action: FALLBACK_ACTION,
    cause,
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function absolute(reference: string | undefined, baseUrl: URL): string | undefined {
  return reference === undefined ? undefined : parseUrl(reference, baseUrl)?.href ?? reference;
}
