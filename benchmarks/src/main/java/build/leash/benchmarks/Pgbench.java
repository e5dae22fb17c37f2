package build.leash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Transactions without an application: what PostgreSQL can do on this machine. */
final class Pgbench {

    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/([^?]+).*");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private final Path folder;
    private final Dataset.Database database;

    Pgbench(Path folder, Dataset.Database database) {
        this.folder = folder;
        this.database = database;
    }

    static boolean isThere() {
        return Programs.find("pgbench").isPresent();
    }

    /** Transactions in a second: two inserts of one row. */
    double inserts(int clients, Duration duration) throws IOException, InterruptedException {
        return run("inserts", """
                begin;
                insert into benchmark.first_row (payload) values (repeat('x', 400));
                insert into benchmark.second_row (payload) values (repeat('x', 200));
                commit;
                """, clients, duration);
    }

    /** The same with as many statements, and of the same kinds, as a rotation needs: what they alone cost. */
    double statements(int clients, Duration duration) throws IOException, InterruptedException {
        String look = "select payload from benchmark.first_row where id = :id;\n";
        String change = "update benchmark.second_row set payload = repeat('y', 200) where id = :id;\n";
        return run("statements", "\\set id random(1, 1000)\n" + look.repeat(3) + """
                begin;
                select 1 from pg_advisory_xact_lock(hashtextextended(:id::text, 0));
                """ + look.repeat(4) + """
                insert into benchmark.first_row (payload) values (repeat('x', 400));
                insert into benchmark.second_row (payload) values (repeat('x', 200));
                insert into benchmark.second_row (payload) values (repeat('x', 200));
                """ + change.repeat(4) + "commit;\n" + look, clients, duration);
    }

    private double run(String name, String statements, int clients, Duration duration)
            throws IOException, InterruptedException {
        Path script = folder.resolve(name + ".sql");
        Files.writeString(script, statements);
        String said = pgbench("-n", "-M", "prepared", "-c", Integer.toString(clients), "-j", "1", "-T",
                Long.toString(duration.toSeconds()), "-f", script.toString());
        Matcher rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("pgbench said:\n" + said);
        }
        return Double.parseDouble(rate.group(1));
    }

    private String pgbench(String... arguments) throws IOException, InterruptedException {
        Matcher url = URL.matcher(database.url());
        if (!url.matches()) {
            throw new IllegalStateException("Not a URL that this knows: " + database.url());
        }
        List<String> command = new ArrayList<>(List.of(Programs.find("pgbench").orElseThrow().toString(),
                "-h", url.group(1), "-p", url.group(2), "-U", database.username()));
        command.addAll(List.of(arguments));
        command.add(url.group(3));
        return Programs.run(command, List.of("PGPASSWORD=" + database.password()));
    }
}
