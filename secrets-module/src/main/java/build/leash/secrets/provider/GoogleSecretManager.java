package build.leash.secrets.provider;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.turns.Turns;
import com.google.api.core.ApiFuture;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretPayload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A project of Google Secret Manager, where each key is a secret of that name behind an optional prefix; the latest
 * version counts. The credential is the JSON key file of a service account that may access them.
 */
final class GoogleSecretManager implements ExternalSource, AutoCloseable {

    private static final String PROJECT = "project";
    private static final String PREFIX = "prefix";
    /** For all keys together. */
    private static final long LIMIT_SECONDS = 10;
    /** For all values together. */
    static final int MAX_BYTES = 4 * 1024 * 1024;
    /** How many keys of one source are asked for at once. */
    static final int CALLS_AT_ONCE = 32;
    /** How many sources of this kind are asked at once, on this node. */
    private static final int SOURCES_AT_ONCE = 16;
    private static final Settings SETTINGS = Settings.of("google-secret-manager",
            Settings.required(PROJECT, Settings.form(Pattern.compile("[a-z][a-z0-9.:-]{0,62}[a-z0-9]|[0-9]{1,20}"),
                    "A project of Google Cloud is given by its id or number.")),
            Settings.optional(PREFIX, Settings.form(Pattern.compile("[A-Za-z0-9_-]{0,100}"),
                    "A prefix has at most 100 letters, digits, hyphens and underscores.")));

    private final ProviderProperties properties;
    private final Turns turns = new Turns(SOURCES_AT_ONCE);
    private @Nullable SecretManagerServiceClient client;

    GoogleSecretManager(ProviderProperties properties) {
        this.properties = properties;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.GOOGLE_SECRET_MANAGER;
    }

    @Override
    public void check(Map<String, String> settings) {
        SETTINGS.check(settings);
    }

    @Override
    public void checkCredential(PlainSecret credential) {
        var _ = ServiceAccount.of(credential.reveal());
    }

    /** Asks for many keys at once, as the calls of one connection; for a further one as each is answered. */
    @Override
    public Map<EnvKey, PlainSecret> fetch(Question question) throws OutboundFailure {
        try (Turns.Turn _ = turns.mustTake(question.organization(), Duration.ofSeconds(LIMIT_SECONDS))) {
            return fetchInTurn(question);
        }
    }

    private Map<EnvKey, PlainSecret> fetchInTurn(Question question) throws OutboundFailure {
        GrpcCallContext call = GrpcCallContext.createDefault().withExtraHeaders(header(question));
        String secrets = "projects/" + requireNonNull(question.settings().get(PROJECT)) + "/secrets/"
                + question.settings().getOrDefault(PREFIX, "");
        Deque<Call> underWay = new ArrayDeque<>();
        Found found = new Found(System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
        try {
            for (EnvKey key : question.keys()) {
                if (underWay.size() == CALLS_AT_ONCE) {
                    found.take(underWay.remove());
                }
                underWay.add(new Call(key, client().accessSecretVersionCallable().futureCall(
                        AccessSecretVersionRequest.newBuilder().setName(secrets + key + "/versions/latest").build(),
                        call)));
            }
            while (!underWay.isEmpty()) {
                found.take(underWay.remove());
            }
            return found.values;
        } finally {
            underWay.forEach(left -> left.answer().cancel(true));
        }
    }

    private record Call(EnvKey key, ApiFuture<AccessSecretVersionResponse> answer) {}

    /** What was answered so far. */
    private static final class Found {

        private final long deadline;
        private final Map<EnvKey, PlainSecret> values = new HashMap<>();
        private int bytes;

        Found(long deadline) {
            this.deadline = deadline;
        }

        void take(Call call) throws OutboundFailure {
            AccessSecretVersionResponse answered = answer(call.answer(), deadline);
            if (answered == null) {
                return;
            }
            bytes += answered.getPayload().getData().size();
            if (bytes > MAX_BYTES) {
                throw new OutboundFailure("too_large");
            }
            values.put(call.key(), value(answered.getPayload()));
        }
    }

    private static Map<String, List<String>> header(Question question) throws OutboundFailure {
        try {
            return ServiceAccount.header(ServiceAccount.of(question.secret()));
        } catch (InvalidValue e) {
            throw new OutboundFailure("no_credential");
        }
    }

    /** The answer; null if there is no such secret, or its latest version was disabled or destroyed. */
    private static @Nullable AccessSecretVersionResponse answer(ApiFuture<AccessSecretVersionResponse> asked,
            long deadline) throws OutboundFailure {
        try {
            return asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            throw new OutboundFailure("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutboundFailure("interrupted");
        } catch (ExecutionException e) {
            StatusCode.Code code = e.getCause() instanceof ApiException api
                    ? api.getStatusCode().getCode()
                    : StatusCode.Code.UNKNOWN;
            if (code == StatusCode.Code.NOT_FOUND || code == StatusCode.Code.FAILED_PRECONDITION) {
                return null;
            }
            throw new OutboundFailure(code.name().toLowerCase(Locale.ROOT));
        }
    }

    private static PlainSecret value(SecretPayload payload) throws OutboundFailure {
        byte[] bytes = payload.getData().toByteArray();
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        if (payload.hasDataCrc32C() && payload.getDataCrc32C() != checksum.getValue()) {
            throw new OutboundFailure("corrupted");
        }
        if (!payload.getData().isValidUtf8() || !EnvValue.isValid(bytes)) {
            throw Json.malformed();
        }
        return PlainSecret.owning(bytes);
    }

    /** Connects when the first source of this kind is asked: most installations have none. */
    private synchronized SecretManagerServiceClient client() {
        if (client == null) {
            client = SecretManagerConnection.open(properties);
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
