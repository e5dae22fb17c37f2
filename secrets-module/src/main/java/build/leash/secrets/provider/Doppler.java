package build.leash.secrets.provider;

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
import java.util.regex.Pattern;

/**
 * A config of Doppler, by its download call (docs.doppler.com/reference/secrets-download). A service token carries its
 * project and config; any other token needs both as settings.
 */
final class Doppler implements ExternalSource {

    private static final String PROJECT = "project";
    private static final String CONFIG = "config";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Settings SETTINGS = Settings.of("doppler",
            Settings.optional(PROJECT, Settings.form(NAME, "A project of Doppler is given by its name.")),
            Settings.optional(CONFIG, Settings.form(NAME, "A config of Doppler is given by its name.")));

    private final Outbound outbound;
    private final OutboundUrl api;

    Doppler(Outbound outbound, OutboundUrl api) {
        this.outbound = outbound;
        this.api = api;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.DOPPLER;
    }

    @Override
    public void check(Map<String, String> settings) {
        SETTINGS.check(settings);
        if (settings.containsKey(PROJECT) != settings.containsKey(CONFIG)) {
            throw new InvalidValue(
                    "Give both project and config, or neither with a service token, which carries them.");
        }
    }

    @Override
    public void checkCredential(PlainSecret credential) {
        Tokens.check(credential, 1);
    }

    @Override
    public Map<EnvKey, PlainSecret> fetch(Question question) throws OutboundFailure {
        StringBuilder path = new StringBuilder("/v3/configs/config/secrets/download?format=json");
        for (String name : new String[]{PROJECT, CONFIG}) {
            String value = question.settings().get(name);
            if (value != null) {
                path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        Outbound.Answer answer = outbound.get(question.organization(), api.with(path.toString()),
                Map.of("Authorization", "Bearer " + question.secret()));
        Map<EnvKey, PlainSecret> values = new HashMap<>();
        for (var member : Json.object(answer.body()).properties()) {
            Json.take(values, question.keys(), member.getKey(), member.getValue());
        }
        return values;
    }
}
