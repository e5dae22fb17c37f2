package build.leash.app.web.organization;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.DisplayName;
import build.leash.access.api.Slug;
import build.leash.app.web.RequestFields;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.Change;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.PlainSecret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what callers ask for from their JSON, or from a form that was brought into the same shape. */
public final class McpServerRequests {

    private McpServerRequests() {}

    public static Registration registration(RequestFields body) {
        Slug slug = body.required("slug", Slug::of);
        DisplayName displayName = body.optional("displayName", DisplayName::of);
        HttpsUrl url = body.required("url", HttpsUrl::of);
        Transport transport = body.optional("transport", Transport::of);
        BearerToken bearer = bearer(body);
        RequestedHeaders headers = headers(body);
        return body.build(() -> new Registration(requireNonNull(slug),
                requireNonNullElse(displayName, DisplayName.of(requireNonNull(slug).value())), requireNonNull(url),
                requireNonNullElse(transport, Transport.STREAMABLE_HTTP), bearer,
                requireNonNullElse(headers, RequestedHeaders.NONE)));
    }

    public static Change change(RequestFields body) {
        DisplayName displayName = body.optional("displayName", DisplayName::of);
        HttpsUrl url = body.optional("url", HttpsUrl::of);
        Transport transport = body.optional("transport", Transport::of);
        RequestedHeaders headers = headers(body);
        return body.build(() -> new Change(displayName, url, transport, headers));
    }

    public static BearerToken rotation(RequestFields body) {
        BearerToken token = body.required("token", McpServerRequests::token);
        return body.build(() -> requireNonNull(token));
    }

    private static @Nullable BearerToken bearer(RequestFields body) {
        RequestFields auth = body.optionalObject("auth");
        if (auth == null) {
            if (!body.has("auth")) {
                body.violation("auth", "This member is required: {\"type\": \"none\"} or"
                        + " {\"type\": \"bearer\", \"token\": …}.");
            }
            return null;
        }
        String type = auth.required("type", text -> text);
        boolean isBearer = "bearer".equals(type);
        if (type != null && !isBearer && !type.equals("none")) {
            auth.violation("type", "A type of auth is one of none, bearer.");
        }
        if (isBearer) {
            return auth.required("token", McpServerRequests::token);
        }
        if (auth.has("token")) {
            auth.optional("token", text -> text);
            auth.violation("token", "Only auth of type bearer has a token.");
        }
        return null;
    }

    private static BearerToken token(String text) {
        return new BearerToken(PlainSecret.of(text));
    }

    private static @Nullable RequestedHeaders headers(RequestFields body) {
        RequestFields headers = body.optionalObject("headers");
        if (headers == null) {
            return null;
        }
        List<RequestedHeader> requested = new ArrayList<>();
        for (String name : headers.names()) {
            RequestedHeader header = header(headers, name);
            if (header != null) {
                requested.add(header);
            }
        }
        return body.check("headers", () -> new RequestedHeaders(requested));
    }

    /** A plain value is a string; a secret one {@code {"value": …, "secret": true}}, without the value to keep it. */
    private static @Nullable RequestedHeader header(RequestFields headers, String text) {
        HeaderName name = headers.check(text, () -> HeaderName.of(text));
        if (headers.isString(text)) {
            String value = headers.optional(text, given -> given);
            return name == null || value == null
                    ? null
                    : headers.check(text, () -> new RequestedHeader.Plain(name, value));
        }
        RequestFields object = headers.optionalObject(text);
        if (object == null) {
            if (!headers.has(text)) {
                headers.violation(text, "A header has a value.");
            }
            return null;
        }
        boolean secret = object.flag("secret");
        String value = object.optional("value", given -> given);
        if (name == null) {
            return null;
        }
        if (secret) {
            return value == null
                    ? new RequestedHeader.KeptSecret(name)
                    : headers.check(text, () -> new RequestedHeader.Secret(name, PlainSecret.of(value)));
        }
        if (value == null) {
            headers.violation(text, "A header has a value.");
            return null;
        }
        return headers.check(text, () -> new RequestedHeader.Plain(name, value));
    }
}
