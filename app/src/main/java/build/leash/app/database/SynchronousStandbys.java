package build.leash.app.database;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's {@code synchronous_standby_names}, read as its manual describes it.
 *
 * @param waitedFor for how many of them a commit waits
 * @param names as they are written there, without quotes
 * @see <a href="https://www.postgresql.org/docs/18/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">The
 *      manual</a>
 */
record SynchronousStandbys(int waitedFor, List<String> names) {

    private static final Pattern COUNTED = Pattern.compile("(?i)(?:(?:first|any)\\s+)?(\\d{1,9})\\s*\\((.*)\\)");

    static SynchronousStandbys parse(String setting) {
        Matcher counted = COUNTED.matcher(setting.strip());
        return counted.matches()
                ? new SynchronousStandbys(Integer.parseInt(counted.group(1)), namesIn(counted.group(2)))
                : new SynchronousStandbys(1, namesIn(setting));
    }

    /** Whether every commit waits for the standby of this name, and would whichever others there are. */
    boolean alwaysWaitFor(String name) {
        return waitedFor >= names.size() && names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static List<String> namesIn(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .map(name -> name.replaceAll("^\"(.*)\"$", "$1")).toList();
    }
}
