import type { ConfigSource } from "./mcp-fetch.js";
import { settle } from "./retry.js";

/** What the official MCP client takes as `authProvider`, as far as it is needed where no person signs in. */
export interface McpAuthProvider {
  readonly redirectUrl: undefined;
  readonly clientMetadata: { redirect_uris: string[]; client_name: string };
  clientInformation(): { client_id: string };
  tokens(): Promise<{ access_token: string; token_type: string } | undefined>;
  saveTokens(): void;
  redirectToAuthorization(): void;
  saveCodeVerifier(): void;
  codeVerifier(): string;
  prepareTokenRequest(): Promise<URLSearchParams>;
  validateResourceURL(): Promise<undefined>;
  discoveryState(): {
    authorizationServerUrl: string;
    authorizationServerMetadata: {
      issuer: string;
      authorization_endpoint: string;
      token_endpoint: string;
      response_types_supported: string[];
    };
    resourceMetadata: { resource: string };
  };
}

const CLIENT_NAME = "leash";
const BEARER = /^Bearer +(\S+)$/i;

/** Names nobody: what would be an authorization server is Leash, and the client asks it by `tokens`. */
const ISSUER = "urn:leash:issuer";

/**
 * The token answer that the client wants before it tries again, as an address that needs no network. Its token is never
 * used, since the client asks `tokens` for each request.
 */
const TOKEN_ANSWER = 'data:application/json,{"access_token":"asked-again","token_type":"Bearer"}';

/**
 * Hands the bearer to the official client for each request. After a 401 the client asks its provider to sign in anew,
 * then tries once more; signing in is nothing here, and the next `tokens` has the bearer of that moment.
 */
export function mcpAuthProvider(source: ConfigSource): McpAuthProvider {
  return {
    redirectUrl: undefined,
    clientMetadata: { redirect_uris: [], client_name: CLIENT_NAME },
    clientInformation: () => ({ client_id: CLIENT_NAME }),
    async tokens() {
      const { headers } = await source();
      const name = Object.keys(headers).find(key => key.toLowerCase() === "authorization");
      const token = name === undefined ? undefined : BEARER.exec(headers[name] ?? "")?.[1];
      return token === undefined ? undefined : { access_token: token, token_type: "Bearer" };
    },
    saveTokens() {},
    redirectToAuthorization() {},
    saveCodeVerifier() {},
    codeVerifier: () => "",
    async prepareTokenRequest() {
      await settle();
      return new URLSearchParams({ grant_type: "client_credentials" });
    },
    validateResourceURL: async () => undefined,
    discoveryState: () => ({
      authorizationServerUrl: ISSUER,
      authorizationServerMetadata: {
        issuer: ISSUER,
        authorization_endpoint: ISSUER,
        token_endpoint: TOKEN_ANSWER,
        response_types_supported: [],
      },
      resourceMetadata: { resource: ISSUER },
    }),
  };
}
