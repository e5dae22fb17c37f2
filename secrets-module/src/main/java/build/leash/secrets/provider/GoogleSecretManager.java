package build.leash.secrets.provider;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.outbound.OutboundFailure;
import com.google.api.core.ApiFuture;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretPayload;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final long LIMIT_SECONDS = 10;
    private static final Settings SETTINGS = Settings.of("google-secret-manager",
            Settings.required(PROJECT, Settings.form(Pattern.compile("[a-z][a-z0-9.:-]{0,62}[a-z0-9]|[0-9]{1,20}"),
                    "A project of Google Cloud is given by its id or number.")),
            Settings.optional(PREFIX, Settings.form(Pattern.compile("[A-Za-z0-9_-]{0,100}"),
                    "A prefix has at most 100 letters, digits, hyphens and underscores.")));

    private final ProviderProperties properties;
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

    /** Asks for all keys at once, as the calls of one connection. */
    @Override
    public Map<EnvKey, PlainSecret> fetch(Question question) throws OutboundFailure {
        GrpcCallContext call = GrpcCallContext.createDefault().withExtraHeaders(header(question));
        String secrets = "projects/" + requireNonNull(question.settings().get(PROJECT)) + "/secrets/"
                + question.settings().getOrDefault(PREFIX, "");
        Map<EnvKey, ApiFuture<AccessSecretVersionResponse>> underWay = new LinkedHashMap<>();
        for (EnvKey key : question.keys()) {
            underWay.put(key, client().accessSecretVersionCallable().futureCall(AccessSecretVersionRequest.newBuilder()
                    .setName(secrets + key + "/versions/latest").build(), call));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Map<EnvKey, PlainSecret> values = new HashMap<>();
        try {
            for (var asked : underWay.entrySet()) {
                AccessSecretVersionResponse found = answer(asked.getValue(), deadline);
                if (found != null) {
                    values.put(asked.getKey(), value(found.getPayload()));
                }
            }
            return values;
        } finally {
            underWay.values().forEach(future -> future.cancel(true));
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
