package build.leash.app.dashboard.activity;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.People;
import build.leash.access.api.PersonId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Whom the log knows by an id only, by the name that people know. */
@Component
public final class Names {

    private static final String PERSON = "person:";
    private static final String API_KEY = "api-key:";

    private final People people;
    private final ApiKeys keys;

    Names(People people, ApiKeys keys) {
        this.people = people;
        this.keys = keys;
    }

    /** A name for each actor. */
    public Map<String, String> of(OrganizationId organization, Collection<String> actors) {
        Map<PersonId, String> addresses = people.addresses(ids(actors, PERSON, PersonId::of));
        Map<ApiKeyId, String> keyNames = keys.names(organization, ids(actors, API_KEY, ApiKeyId::of));
        Map<String, String> names = new HashMap<>();
        actors.forEach(actor -> names.put(actor, name(actor, addresses, keyNames)));
        return names;
    }

    public String of(OrganizationId organization, String actor) {
        return Objects.requireNonNull(of(organization, List.of(actor)).get(actor));
    }

    private static String name(String actor, Map<PersonId, String> addresses, Map<ApiKeyId, String> keyNames) {
        if (actor.startsWith(PERSON)) {
            return addresses.getOrDefault(PersonId.of(actor.substring(PERSON.length())), "a former member");
        }
        if (actor.startsWith(API_KEY)) {
            String name = keyNames.get(ApiKeyId.of(actor.substring(API_KEY.length())));
            return name == null ? "a revoked API key" : "API key “" + name + "”";
        }
        return "Leash";
    }

    private static <T> List<T> ids(Collection<String> actors, String prefix, Function<String, T> parse) {
        return actors.stream().filter(actor -> actor.startsWith(prefix))
                .map(actor -> parse.apply(actor.substring(prefix.length()))).distinct().toList();
    }
}
