package build.leash.app.dashboard.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as people read it.
 *
 * @param what happened, beginning with a capital letter, without who and when
 * @param who did it
 * @param slug of the server that it is about; null if it is about something else
 */
public record Happening(String what, String who, Instant when, @Nullable String slug) {}
