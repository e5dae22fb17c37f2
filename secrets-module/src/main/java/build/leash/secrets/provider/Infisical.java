package build.leash.secrets.provider;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.outbound.Outbound;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.outbound.OutboundUrl;
import build.leash.secrets.outbound.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An environment of a project of Infisical, in its cloud or on a host of one's own, as a machine identity with universal
 * auth (infisical.com/docs/api-reference/endpoints: universal-auth/login, secrets). The credential is the client secret.
 */
final class Infisical implements ExternalSource {

    private static final String URL = "url";
    private static final String PROJECT = "projectId";
    private static final String ENVIRONMENT = "environment";
    private static final String PATH = "secretPath";
    private static final String CLIENT = "clientId";
    private static final String CLOUD = "https://app.infisical.com";
    /** So that all that is put behind it has room (see {@link OutboundUrl#MAX_LENGTH}). */
    private static final int MAX_HOST_LENGTH = 512;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern FOLDER = Pattern.compile("/[A-Za-z0-9_/-]{0,255}");
    private static final Settings SETTINGS = Settings.of("infisical",
            Settings.optional(URL, Infisical::host),
            Settings.required(PROJECT, Settings.form(ID, "A project of Infisical is given by its id.")),
            Settings.required(ENVIRONMENT, Settings.form(ID, "An environment of Infisical is given by its slug.")),
            Settings.optional(PATH, Settings.form(FOLDER, "A secret path of Infisical begins with a slash.")),
            Settings.required(CLIENT, Settings.form(ID, "A machine identity of Infisical is given by its client id.")));

    private final Outbound outbound;

    Infisical(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.INFISICAL;
    }

    @Override
    public void check(Map<String, String> settings) {
        SETTINGS.check(settings);
    }

    @Override
    public void checkCredential(PlainSecret credential) {
        Tokens.check(credential, 1);
    }

    @Override
    public Set<String> destination() {
        return Set.of(URL, CLIENT);
    }

    /** What a folder imports counts less than what it has, and an earlier import less than a later one. */
    @Override
    public Map<EnvKey, PlainSecret> fetch(Question question) throws OutboundFailure {
        OutboundUrl host = OutboundUrl.of(question.settings().getOrDefault(URL, CLOUD));
        Outbound.Answer answer = outbound.get(question.organization(), host.with(path(question.settings())),
                Map.of("Authorization", "Bearer " + accessToken(host, question)));
        JsonNode found = Json.object(answer.body());
        Map<EnvKey, PlainSecret> values = new HashMap<>();
        for (JsonNode imported : found.path("imports")) {
            take(values, question, imported.path("secrets"));
        }
        if (!found.path("secrets").isArray()) {
            throw Json.malformed();
        }
        take(values, question, found.path("secrets"));
        return values;
    }

    /** The path of the API is put behind it. */
    private static String host(String url) {
        if (url.length() > MAX_HOST_LENGTH || OutboundUrl.of(url).uri().getRawQuery() != null) {
            throw new InvalidValue("The URL of an Infisical has at most " + MAX_HOST_LENGTH
                    + " characters and no query (?…).");
        }
        return url;
    }

    private String accessToken(OutboundUrl host, Question question) throws OutboundFailure {
        byte[] login = Json.write(Map.of("clientId", requireNonNull(question.settings().get(CLIENT)), "clientSecret",
                question.secret()));
        Outbound.Answer answer = outbound.postJson(question.organization(),
                host.with("/api/v1/auth/universal-auth/login"), Map.of(), login);
        JsonNode token = Json.object(answer.body()).path("accessToken");
        if (!token.isString()) {
            throw Json.malformed();
        }
        return token.stringValue();
    }

    static String path(Map<String, String> settings) {
        return "/api/v4/secrets?projectId=" + encoded(settings, PROJECT, "") + "&environment="
                + encoded(settings, ENVIRONMENT, "") + "&secretPath=" + encoded(settings, PATH, "/")
                + "&viewSecretValue=true&expandSecretReferences=true&includeImports=true";
    }

    private static String encoded(Map<String, String> settings, String name, String otherwise) {
        return URLEncoder.encode(settings.getOrDefault(name, otherwise), StandardCharsets.UTF_8);
    }

    private static void take(Map<EnvKey, PlainSecret> values, Question question, JsonNode secrets)
            throws OutboundFailure {
        for (JsonNode secret : secrets) {
            if (secret.path("secretValueHidden").asBoolean(false)) {
                throw new OutboundFailure("permission_denied");
            }
            Json.take(values, question.keys(), secret.path("secretKey").asString(""), secret.path("secretValue"));
        }
    }
}
