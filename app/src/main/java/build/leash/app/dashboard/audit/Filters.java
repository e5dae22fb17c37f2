package build.leash.app.dashboard.audit;

import build.leash.app.audit.Parameters;
import build.leash.app.dashboard.page.Form;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import build.leash.app.web.error.InvalidRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The filters of a list that somebody filled in, and the links to its further pages. */
record Filters(String path, Form form, List<String> fields) {

    private static final String AFTER = "after";

    /** What was typed into a field; null for nothing. PostgreSQL has no NUL, so nothing that it holds does. */
    @Nullable
    String text(String field) {
        return form.has(field) ? form.text(field).replace("\0", "") : null;
    }

    /** A date with a time of day, in UTC; null for an empty field. */
    @Nullable
    Instant time(String field) {
        try {
            return form.has(field)
                    ? Parameters.moment(field,
                            LocalDateTime.parse(form.text(field)).toInstant(ZoneOffset.UTC).toString())
                    : null;
        } catch (DateTimeException e) {
            throw new InvalidRequest(field, "Give a date and a time of day.");
        }
    }

    @Nullable
    String after() {
        return text(AFTER);
    }

    boolean isAny() {
        return fields.stream().anyMatch(form::has);
    }

    /** The next page with the same filters; null after the last. */
    @Nullable
    String next(@Nullable String after) {
        if (after == null) {
            return null;
        }
        List<String> given = fields.stream().filter(form::has).toList();
        UriComponentsBuilder url = UriComponentsBuilder.fromPath(path);
        given.forEach(field -> url.queryParam(field, "{" + field + "}"));
        return url.queryParam(AFTER, after).encode().buildAndExpand(given.stream().map(form::text).toArray())
                .toUriString();
    }
}
