package build.leash.app.web.error;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.Rejected;
import build.leash.app.database.StorageFailure;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.apache.tomcat.util.http.InvalidParameterException;

/**
 * A problem document (RFC 9457) with the members {@code success}, {@code code} and {@code error} that existing clients
 * read.
 *
 * @param error one sentence about this occurrence
 * @param members further members, as its code has them
 */
@JsonPropertyOrder({"success", "code", "error", "type", "title", "status", "detail", "action", "seeAlso", "requestId"})
public record Problem(@JsonIgnore ErrorCode errorCode, String error, String requestId,
        @JsonIgnore Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** The member that says how many seconds to wait, and the header's value. */
    public static final String RETRY_AFTER = "retryAfter";

    private static final String TYPES = "https://leash.build/errors/";
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Violation REQUEST = new Violation("", "The path, a header or a parameter is malformed.");
    private static final Violation QUERY = new Violation("", "The query is percent-encoded UTF-8.");

    /** The problem that an exception is to its caller. Anything unforeseen is an internal error, without its message. */
    public static Problem of(Throwable thrown, String requestId) {
        return switch (thrown) {
            case Rejected rejected -> of(ErrorCode.of(rejected.rejection()), rejected.sentence(), requestId,
                    rejected.members());
            case InvalidRequest invalid -> of(invalid.violations(), requestId);
            case InvalidParameterException notDecodable -> of(List.of(QUERY), requestId);
            case RequestRejectedException rejected -> of(List.of(REQUEST), requestId);
            case InvalidValue invalid -> of(List.of(new Violation("", invalid.whatIsAllowed())), requestId);
            case Throwable failure when StorageFailure.isCauseOf(failure) -> of(ErrorCode.STORAGE_UNAVAILABLE,
                    "The storage is unavailable at the moment.", requestId, Map.of());
            default -> of(ErrorCode.INTERNAL_ERROR, "Something went wrong.", requestId, Map.of());
        };
    }

    /** A problem without an exception, in the words of its code. */
    public static Problem of(ErrorCode code, String requestId) {
        return of(code, code.title() + ".", requestId, Map.of());
    }

    private static Problem of(List<Violation> violations, String requestId) {
        return of(ErrorCode.INVALID_REQUEST, "The request is not valid.", requestId, Map.of("errors", violations));
    }

    private static Problem of(ErrorCode code, String error, String requestId, Map<String, Object> members) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        if (code.isPassing()) {
            all.putIfAbsent(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new Problem(code, error, requestId, all);
    }

    @JsonProperty
    boolean success() {
        return false;
    }

    @JsonProperty
    public String code() {
        return errorCode.code();
    }

    @JsonProperty
    String type() {
        return TYPES + code();
    }

    @JsonProperty
    String title() {
        return errorCode.title();
    }

    @JsonProperty
    public int status() {
        return errorCode.status();
    }

    @JsonProperty
    String detail() {
        return errorCode.detail();
    }

    @JsonProperty
    String action() {
        return errorCode.action();
    }

    @JsonProperty
    String seeAlso() {
        return "/docs/errors#" + code();
    }

    @JsonAnyGetter
    Map<String, Object> allMembers() {
        return members;
    }
}
