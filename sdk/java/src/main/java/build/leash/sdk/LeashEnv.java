package build.leash.sdk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of one app. An answer is kept for 60 seconds, an error is not kept at all, and those who ask for a key at
 * the same time share a question. The fresh variants ask although the value is known, and keep the answer for others.
 * Every method throws, or completes with, a {@link LeashException}. Safe for use by several threads.
 */
public final class LeashEnv {

    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final int MAX_BATCH = 100;

    /** What can stand in a path. Anything else goes in a body, where the platform says what is wrong with it. */
    private static final Pattern PATH_SAFE = Pattern.compile("[A-Za-z0-9_]+");

    private final Platform platform;
    private final LongSupplier nanoTime;
    private final Map<String, Kept> kept = new HashMap<>();
    private final Map<String, CompletableFuture<String>> pending = new HashMap<>();
    private long questions;

    LeashEnv(Platform platform, LongSupplier nanoTime) {
        this.platform = platform;
        this.nanoTime = nanoTime;
    }

    /** The value of a key that the app declares and a source holds. */
    public String get(String key) {
        return Cancellation.await(getAsync(key));
    }

    public String getFresh(String key) {
        return Cancellation.await(getFreshAsync(key));
    }

    /** The value, or empty if no source holds one. A key that the app does not declare is an error all the same. */
    public Optional<String> find(String key) {
        try {
            return Optional.of(get(key));
        } catch (LeashException e) {
            if (e.code() == LeashErrorCode.KEY_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The values of all these keys, in their order; an error if one has none. */
    public Map<String, String> getMany(Collection<String> keys) {
        return Cancellation.await(getManyAsync(keys));
    }

    public Map<String, String> getManyFresh(Collection<String> keys) {
        return Cancellation.await(getManyFreshAsync(keys));
    }

    public CompletableFuture<String> getAsync(String key) {
        return read(Set.of(key), false).thenApply(values -> values.get(key));
    }

    public CompletableFuture<String> getFreshAsync(String key) {
        return read(Set.of(key), true).thenApply(values -> values.get(key));
    }

    public CompletableFuture<Map<String, String>> getManyAsync(Collection<String> keys) {
        return read(new LinkedHashSet<>(keys), false);
    }

    public CompletableFuture<Map<String, String>> getManyFreshAsync(Collection<String> keys) {
        return read(new LinkedHashSet<>(keys), true);
    }

    /** What callers get is their own: cancelling it takes the answer from nobody else. */
    private CompletableFuture<Map<String, String>> read(Set<String> keys, boolean fresh) {
        Map<String, CompletableFuture<String>> answers = find(keys, fresh);
        CompletableFuture<Void> all = CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new));
        return all.thenApply(nothing -> {
            Map<String, String> values = new LinkedHashMap<>();
            answers.forEach((key, answer) -> values.put(key, answer.join()));
            return values;
        });
    }

    private synchronized Map<String, CompletableFuture<String>> find(Set<String> keys, boolean fresh) {
        Map<String, CompletableFuture<String>> answers = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String key : keys) {
            CompletableFuture<String> known = fresh ? null : known(key);
            if (known == null) {
                unknown.add(key);
            }
            answers.put(key, known == null ? new CompletableFuture<>() : known);
        }
        for (int start = 0; start < unknown.size(); start += MAX_BATCH) {
            ask(unknown.subList(start, Math.min(unknown.size(), start + MAX_BATCH)), answers);
        }
        return answers;
    }

    private @Nullable CompletableFuture<String> known(String key) {
        Kept value = kept.get(key);
        return value == null || isTooOld(value, nanoTime.getAsLong())
                ? pending.get(key)
                : CompletableFuture.completedFuture(value.value());
    }

    private static boolean isTooOld(Kept value, long now) {
        return now - value.since() >= KEPT.toNanos();
    }

    private void ask(List<String> keys, Map<String, CompletableFuture<String>> answers) {
        long since = nanoTime.getAsLong();
        kept.values().removeIf(value -> isTooOld(value, since)); // so that no secret stays in memory for nothing
        long question = ++questions;
        CompletableFuture<Map<String, String>> values = fetch(List.copyOf(keys));
        for (String key : keys) {
            CompletableFuture<String> answer = values
                    .thenApply(all -> keep(key, new Kept(requireNonNull(all.get(key)), since, question)));
            pending.put(key, answer);
            answers.put(key, answer);
            var unused = answer.whenComplete((value, failure) -> forget(key, answer));
        }
    }

    /** An answer to an earlier question never replaces one to a later. */
    private synchronized String keep(String key, Kept answer) {
        kept.merge(key, answer, (one, other) -> one.question() > other.question() ? one : other);
        return answer.value();
    }

    private synchronized void forget(String key, CompletableFuture<String> answer) {
        pending.remove(key, answer);
    }

    private CompletableFuture<Map<String, String>> fetch(List<String> keys) {
        String first = keys.get(0);
        if (keys.size() == 1 && PATH_SAFE.matcher(first).matches()) {
            return platform.get("api/apps/me/secrets/" + first).thenApply(answer -> {
                ObjectNode values = JsonNodeFactory.instance.objectNode();
                values.set(first, answer.get("value"));
                return checked(keys, values);
            });
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        keys.forEach(names::add);
        return platform.post("api/apps/me/secrets:batch", JsonNodeFactory.instance.objectNode().set("keys", names))
                .thenApply(answer -> checked(keys, answer.get("values")));
    }

    private Map<String, String> checked(List<String> keys, @Nullable JsonNode values) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            JsonNode value = values == null ? null : values.get(key);
            if (value == null || !value.isString()) {
                throw platform.answers().unreadable(200);
            }
            found.put(key, value.stringValue());
        }
        return found;
    }

    @Override
    public synchronized String toString() {
        return "LeashEnv[kept=" + kept.size() + "]";
    }

    /**
     * @param since when the question was sent, so that a value is never older than it looks
     * @param question the number of the question
     */
    private record Kept(String value, long since, long question) {

        @Override
        public String toString() {
            return "Kept[question=" + question + "]";
        }
    }
}
