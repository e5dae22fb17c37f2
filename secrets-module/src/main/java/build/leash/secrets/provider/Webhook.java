package build.leash.secrets.provider;

import static java.util.Objects.requireNonNull;

import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.outbound.Outbound;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.outbound.OutboundUrl;
import build.leash.secrets.outbound.Signature;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A server of the organization's own. It gets {@code {"keys": ["A", "B"]}}, signed with the credential, and answers
 * {@code {"values": {"A": "…"}}} with those that it holds.
 */
final class Webhook implements ExternalSource {

    private static final String URL = "url";
    private static final Settings SETTINGS = Settings.of("webhook",
            Settings.required(URL, url -> OutboundUrl.of(url).toString()));

    private final Outbound outbound;
    private final Clock clock;

    Webhook(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.clock = clock;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.WEBHOOK;
    }

    @Override
    public void check(Map<String, String> settings) {
        SETTINGS.check(settings);
    }

    @Override
    public void checkCredential(PlainSecret credential) {
        Signature.check(credential);
    }

    /** Whoever gets a signed question could pass it on to where the credential was meant for, and read the answer. */
    @Override
    public Set<String> destination() {
        return Set.of(URL);
    }

    @Override
    public Map<EnvKey, PlainSecret> fetch(Question question) throws OutboundFailure {
        List<String> keys = question.keys().stream().map(EnvKey::value).sorted().toList();
        byte[] body = Json.write(Map.of("keys", keys));
        Outbound.Answer answer = outbound.postJson(question.organization(),
                OutboundUrl.of(requireNonNull(question.settings().get(URL))),
                Signature.headers(question.secret(), "msg_" + UUID.randomUUID(), clock.instant(), body), body);
        JsonNode found = Json.object(answer.body()).path("values");
        if (!found.isObject()) {
            throw Json.malformed();
        }
        Map<EnvKey, PlainSecret> values = new HashMap<>();
        for (var member : found.properties()) {
            Json.take(values, question.keys(), member.getKey(), member.getValue());
        }
        return values;
    }
}
