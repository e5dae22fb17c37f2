package build.leash.app.dashboard.activity;

import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.registry.api.event.RegistryEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the events up to some point say about a server, field by field. */
record Endpoint(String displayName, Map<String, String> fields) {

    static final Endpoint NONE = new Endpoint("", Map.of());

    private static final String SEALED = "secret";

    Endpoint after(RegistryEvent event) {
        return switch (event) {
            case McpServerRegistered e -> of(e.displayName().value(), e.url().value(), e.transport().toString(),
                    e.bearer() == null ? "none" : "bearer", e.headers());
            case McpServerChanged e -> of(e.displayName().value(), e.url().value(), e.transport().toString(),
                    fields.getOrDefault("Authentication", "none"), e.headers());
            case BearerRotated e -> withBearer();
            case McpServerRevoked e -> this;
        };
    }

    List<Difference> differencesTo(Endpoint other) {
        TreeSet<String> names = new TreeSet<>(fields.keySet());
        names.addAll(other.fields.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            String before = fields.get(name);
            String after = other.fields.get(name);
            if (!Objects.equals(before, after)) {
                differences.add(new Difference(name, shown(before), shown(after)));
            }
        }
        return List.copyOf(differences);
    }

    private Endpoint withBearer() {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put("Authentication", "bearer");
        return new Endpoint(displayName, changed);
    }

    /** A secret that was sealed anew is another one, though it shows the same. */
    private static Endpoint of(String displayName, String url, String transport, String auth,
            List<StaticHeader> headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Name", displayName);
        fields.put("URL", url);
        fields.put("Transport", transport);
        fields.put("Authentication", auth);
        headers.forEach(header -> fields.put("Header " + header.name(),
                header.valueOr(secret -> SEALED + "\0" + secret.id())));
        return new Endpoint(displayName, fields);
    }

    private static @Nullable String shown(
            @Nullable String value) {
        return value == null || !value.startsWith(SEALED + "\0") ? value : "(secret)";
    }
}
