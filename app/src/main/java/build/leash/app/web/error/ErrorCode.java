package build.leash.app.web.error;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Rejection;
import build.leash.billing.api.BillingRejection;
import build.leash.registry.api.RegistryRejection;
import build.leash.secrets.api.SecretsRejection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every error that a caller can get, with its status and what to do about it. {@code docs/errors.md} is made of it. */
public enum ErrorCode implements Rejection {
    INVALID_REQUEST(400, "Invalid request", "Something in the request breaks a rule; `errors` names each field and its"
            + " rule.", "Correct the fields named in `errors` and send the request again."),
    API_KEY_REQUIRED(401, "API key required", "The request has no `X-API-Key` header.",
            "Send an API key in the `X-API-Key` header. An owner creates one on the dashboard."),
    INVALID_API_KEY(401, "Invalid API key", "The API key is unknown, malformed, expired or revoked.",
            "Check that the whole key was copied, or ask an owner for a new one."),
    UPGRADE_REQUIRED(402, "Upgrade required", "The organization's plan does not include this feature; `requiredPlan`"
            + " names the smallest that does.", "Ask an owner to move the organization to that plan."),
    NOT_ALLOWED(403, "Not allowed", "The API key is limited to certain MCP servers, and this is not one of them; or it"
            + " belongs to another app.",
            "Use another key, or ask an owner for one that includes this slug or belongs"
                    + " to this app."),
    FORBIDDEN(403, "Forbidden", "The caller is known, but its role or kind of key does not allow this.",
            "Use a management key of a role that allows it, or ask an owner."),
    UNKNOWN_MCP_SERVER(404, "Unknown MCP server", "No MCP server is registered under this slug in the organization of"
            + " the key, or it was revoked.", "Register it on the dashboard: /dashboard/organization"),
    UNKNOWN_API_KEY(404, "Unknown API key", "No API key in force has this id in the organization.",
            "List the API keys to find the id."),
    INVALID_KEY(400, "Invalid key", "What is asked for cannot be the name of an env value.",
            "Use 1 to 100 letters, digits and underscores, and begin with no digit: `DATABASE_URL`"),
    KEY_NOT_DECLARED(404, "Key not declared", "The manifest of the key's app does not name this key.",
            "Add it to `.env.example` and run `leash env sync`, or call `POST /api/apps/me/secrets/sync`."),
    KEY_NOT_FOUND(404, "Key not found", "The key is declared, but no secret source that the app may read holds it.",
            "Set it in a source on the dashboard: /dashboard/organization/secrets"),
    UNKNOWN_APP(404, "Unknown app", "The organization has no app of this name.",
            "Register it on the dashboard: /dashboard/organization/secrets"),
    UNKNOWN_SOURCE(404, "Unknown source", "The organization has no secret source of this id.",
            "List the secret sources to find the id."),
    UNKNOWN_NOTIFICATIONS(404, "Unknown notifications", "The organization is told nowhere about its secret sources.",
            "Set where with `PUT /api/organization/notifications`."),
    UNKNOWN_VERSION(404, "Unknown version", "The value never had this version, or it is kept no longer.",
            "List the versions of the value to find one that is kept."),
    APP_TAKEN(409, "App taken", "The organization has an app of this name.", "Choose another name."),
    SOURCE_TAKEN(409, "Source taken", "The organization has a secret source of this name.", "Choose another name."),
    WRONG_KIND_OF_SOURCE(409, "Wrong kind of source", "Values of an external source are changed where they are kept,"
            + " and a native source has nobody to be asked.", "Use a source of the other kind."),
    SOURCE_UNREACHABLE(502, "Source unreachable", "The secret source that holds the key, or might, gives no answer or"
            + " refuses to.",
            "Try again later; owners see what is wrong on the dashboard:"
                    + " /dashboard/organization/secrets"),
    NOT_FOUND(404, "Not found", "There is nothing at this path.", "Compare the path with the API reference: /docs/api"),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The path exists, but not for this method; `Allow` names those it"
            + " takes.", "Use one of the methods in the `Allow` header."),
    NOT_ACCEPTABLE(406, "Not acceptable", "The `Accept` header excludes JSON, and there is no other representation.",
            "Accept `application/json`."),
    SLUG_TAKEN(409, "Slug taken", "Another MCP server of the organization is registered under this slug.",
            "Choose another slug, or revoke the other server first."),
    SERVER_REVOKED(409, "Server revoked", "The MCP server was revoked while the request was under way.",
            "Register it again if it is still needed."),
    IDEMPOTENCY_CONFLICT(409, "Idempotency conflict", "This `Idempotency-Key` was used within 24 hours for a different"
            + " request.", "Use a new key for a new request."),
    UNKNOWN_MEMBER(404, "Unknown member", "This person is not a member of the organization.",
            "List the members to find the id."),
    UNKNOWN_INVITATION(404, "Unknown invitation", "The invitation was accepted or withdrawn, or has expired.",
            "Ask an owner of the organization for a new one."),
    ALREADY_MEMBER(409, "Already a member", "The person is a member of the organization already.",
            "Change the member's role instead."),
    LAST_OWNER(409, "Last owner", "An organization keeps at least one owner.",
            "Make somebody else an owner first."),
    LIMIT_REACHED(409, "Limit reached", "The organization has as many of these as it can have.",
            "Remove one that is no longer needed."),
    ORGANIZATION_SHREDDED(409, "Organization shredded",
            "An owner had all secrets of the organization destroyed, with the"
                    + " keys that opened them. Nothing of it is ever sealed again.",
            "Found another organization for what needs secrets."),
    VERSION_CONFLICT(412, "Version conflict", "`If-Match` names another version than the server has: somebody was"
            + " faster.", "Get the server, look at what changed, and send the request again with its new ETag."),
    REQUEST_TOO_LARGE(413, "Request too large", "The request, or its body, is larger than any valid one.",
            "Send less; the limits are in the API reference: /docs/api"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The body is not declared as JSON.",
            "Send `Content-Type: application/json`."),
    RATE_LIMITED(429, "Rate limited", "The API key is used more often than it may be.",
            "Wait as many seconds as `Retry-After` says, then try again."),
    INTERNAL_ERROR(500, "Internal error", "Something went wrong on our side. It is logged under the `requestId`.",
            "Try again; if it stays, tell the operator the `requestId`."),
    SECRETS_UNAVAILABLE(503, "Secrets unavailable", "The organization's key cannot be used just now, so its secrets"
            + " can be neither sealed nor opened.",
            "Try again after `Retry-After` seconds; an owner sees the state of"
                    + " the key on the dashboard."),
    TOO_BUSY(503, "Too busy", "More people sign in or choose a password at this moment than there is memory for.",
            "Try again after `Retry-After` seconds."),
    STORAGE_UNAVAILABLE(503, "Storage unavailable", "The database is out of reach or overloaded just now. Unless the"
            + " connection broke while it was committing, nothing was changed.",
            "Try again after `Retry-After` seconds; send an `Idempotency-Key` to make that safe.");

    private final int status;
    private final String title;
    private final String detail;
    private final String action;

    ErrorCode(int status, String title, String detail, String action) {
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.action = action;
    }

    /** The code under which callers know a module's rejection. */
    public static ErrorCode of(Rejection rejection) {
        return valueOf(rejection.name());
    }

    /** Everything that a module can turn a call down with. */
    static List<Rejection> rejections() {
        return Stream.<Rejection[]>of(AccessRejection.values(), BillingRejection.values(), SecretsRejection.values(),
                RegistryRejection.values()).flatMap(Stream::of).toList();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What is wrong, in words that hold for every occurrence. */
    public String detail() {
        return detail;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }

    /** Whether waiting helps, so that the answer says how long. */
    boolean isPassing() {
        return status == 429 || status == 502 || status == 503;
    }
}
