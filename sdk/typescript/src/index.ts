export { Leash, type CallOptions } from "./leash.js";
export type { LeashOptions } from "./options.js";
export type { EndUserRequest } from "./request.js";
export type { Env, EnvOptions } from "./env.js";
// With a star: only then a declaration file of an app can add to what is in it.
export type * from "./env-keys.js";
export type { McpConfig } from "./mcp-config.js";
export type { McpFetch } from "./mcp-fetch.js";
export type { McpAuthProvider } from "./mcp-auth.js";
export { LeashError, LEASH_ERROR_CODES, type LeashErrorCode, type LeashErrorFields } from "./error.js";
