package build.leash.app.dashboard.signin;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody goes after signing in. */
public final class Destination {

    public static final String HOME = "/dashboard/organization";

    /** A path of ours, so that a link cannot lead from here to somewhere else. */
    private static final Pattern OUR_PATH = Pattern.compile("/dashboard/[A-Za-z0-9/_.-]{1,200}");

    private Destination() {}

    /** The path that was asked for, if it is one of ours. */
    public static String of(@Nullable String next) {
        return next != null && OUR_PATH.matcher(next).matches() && !next.contains("//") ? next : HOME;
    }
}
