package build.leash.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.sdk.ScriptedPlatform.Answer;
import build.leash.sdk.ScriptedPlatform.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LeashEnvTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> values = new ConcurrentHashMap<>(Map.of("KEY", "one", "OTHER", "two"));
    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch firstAnswerMadeUp = new CountDownLatch(1);
    private ScriptedPlatform platform;
    private LeashEnv env;

    @BeforeEach
    void start() throws IOException {
        platform = new ScriptedPlatform();
        platform.answers(this::answer);
        env = platform.leash().ticker(clock::get).build().env();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void asksOnceIn60Seconds() {
        assertThat(env.get("KEY")).isEqualTo("one");
        values.put("KEY", "new");

        clock.set(Duration.ofSeconds(59).toNanos());
        assertThat(env.get("KEY")).isEqualTo("one");
        clock.set(Duration.ofSeconds(60).toNanos());

        assertThat(env.get("KEY")).isEqualTo("new");
        assertThat(platform.seen()).hasSize(2);
    }

    @Test
    void valuesThatAreTooOldDoNotStayInMemory() {
        env.getMany(List.of("KEY", "OTHER"));
        assertThat(env).hasToString("LeashEnv[kept=2]");

        clock.set(Duration.ofSeconds(60).toNanos());
        env.get("KEY");

        assertThat(env).hasToString("LeashEnv[kept=1]");
    }

    @Test
    void freshAsksAtOnceAndItsAnswerIsForOthersToo() {
        env.get("KEY");
        values.put("KEY", "new");

        assertThat(env.getFresh("KEY")).isEqualTo("new");
        assertThat(env.get("KEY")).isEqualTo("new");
        assertThat(platform.seen()).hasSize(2);
    }

    @Test
    void thoseWhoAskAtTheSameTimeShareAQuestion() {
        CountDownLatch asked = holdFirstAnswer(50);
        List<CompletableFuture<String>> answers = IntStream.range(0, 50).mapToObj(i -> env.getAsync("KEY"))
                .peek(answer -> asked.countDown()).toList();

        assertThat(answers.stream().map(CompletableFuture::join)).containsOnly("one");
        assertThat(platform.seen()).hasSize(1);
    }

    @Test
    void errorsAreNotKept() {
        values.remove("KEY");
        assertThatThrownBy(() -> env.get("KEY")).isInstanceOf(LeashException.class);
        assertThat(env.find("KEY")).isEqualTo(Optional.empty());

        values.put("KEY", "there");

        assertThat(env.find("KEY")).contains("there");
    }

    @Test
    void lateAnswersToEarlierQuestionsReplaceNoneToLater() {
        CountDownLatch newer = holdFirstAnswer(1);
        CompletableFuture<String> late = env.getAsync("KEY");
        awaitQuietly(firstAnswerMadeUp);
        values.put("KEY", "new");
        assertThat(env.getFresh("KEY")).isEqualTo("new");

        newer.countDown();

        assertThat(late.join()).isEqualTo("one");
        assertThat(env.get("KEY")).isEqualTo("new");
    }

    @Test
    void manyAreAskedForInOneQuestionWithoutThoseThatAreKnown() {
        values.put("THIRD", "three");
        env.get("KEY");

        assertThat(env.getMany(List.of("KEY", "OTHER", "THIRD", "OTHER")))
                .containsExactly(Map.entry("KEY", "one"), Map.entry("OTHER", "two"), Map.entry("THIRD", "three"));

        assertThat(platform.seen()).extracting(Seen::path).containsExactly("/api/apps/me/secrets/KEY",
                "/api/apps/me/secrets:batch");
        assertThat(platform.seen().get(1).body()).isEqualTo("{\"keys\":[\"OTHER\",\"THIRD\"]}");
    }

    @Test
    void moreThanAHundredAreAskedForInSeveralQuestions() {
        List<String> keys = IntStream.range(0, 250).mapToObj(i -> "K" + i).toList();
        keys.forEach(key -> values.put(key, "value of " + key));

        assertThat(env.getMany(keys)).hasSize(250).containsEntry("K249", "value of K249");
        assertThat(platform.seen()).hasSize(3);
        assertThat(env.getMany(List.of())).isEmpty();
    }

    @Test
    void thePlatformSaysWhatNoKeyIsAndNoSuchKeyGetsIntoAPath() {
        for (String key : List.of("", "..", "a/../b", "a?b", "1A", "ü")) {
            assertThatThrownBy(() -> env.get(key)).isInstanceOfSatisfying(LeashException.class,
                    error -> assertThat(error.code()).isEqualTo(LeashErrorCode.INVALID_KEY));
        }
        assertThat(platform.seen()).allSatisfy(
                seen -> assertThat(seen.path()).matches("/api/apps/me/secrets(:batch|/\\w+)"));
    }

    @Test
    void whoeverCancelsTakesTheAnswerFromNobodyElse() {
        CountDownLatch cancelled = holdFirstAnswer(1);
        CompletableFuture<String> impatient = env.getAsync("KEY");
        CompletableFuture<String> patient = env.getAsync("KEY");
        impatient.cancel(true);
        cancelled.countDown();

        assertThatThrownBy(impatient::join).isInstanceOf(CancellationException.class);
        assertThat(patient.join()).isEqualTo("one");
    }

    @Test
    void interruptedThreadsStopWaitingAndStayInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> env.get("KEY")).isInstanceOf(LeashException.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Lets the first answer, made up before, go only when the latch is down. */
    private CountDownLatch holdFirstAnswer(int count) {
        CountDownLatch latch = new CountDownLatch(count);
        AtomicBoolean first = new AtomicBoolean(true);
        platform.answers(request -> {
            Answer answer = answer(request);
            if (first.getAndSet(false)) {
                firstAnswerMadeUp.countDown();
                awaitQuietly(latch);
            }
            return answer;
        });
        return latch;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(Seen request) {
        String path = request.path();
        List<String> keys = request.method().equals("GET")
                ? List.of(path.substring(path.lastIndexOf('/') + 1))
                : JSON.readTree(request.body()).get("keys").valueStream().map(JsonNode::stringValue).toList();
        Optional<String> error = keys.stream().map(this::error).flatMap(Stream::ofNullable).findFirst();
        if (error.isPresent()) {
            return Answer.json(404, "{\"error\": \"No\", \"code\": \"" + error.get() + "\"}");
        }
        Object body = request.method().equals("GET")
                ? Map.of("value", values.getOrDefault(keys.get(0), ""))
                : Map.of("values", keys.stream().collect(Collectors.toMap(key -> key, values::get)));
        return Answer.json(200, JSON.writeValueAsString(body));
    }

    private @Nullable String error(String key) {
        if (!key.matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
            return "invalid_key";
        }
        return values.containsKey(key) ? null : "key_not_found";
    }
}
