package build.leash.app.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What differs from PostgreSQL's defaults. {@code fsync}, {@code full_page_writes} and {@code synchronous_commit}
 * stay on: the event log is kept here.
 *
 * <p>{@code log_min_messages=log} keeps the errors of statements, which quote values ("invalid input syntax for …"),
 * out of the server's log; the client still gets them. The other {@code log_} settings keep the statements out.
 */
final class ServerSettings {

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("listen_addresses", Server.HOST),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_parameter_max_length", "0"),
            Map.entry("log_parameter_max_length_on_error", "0"),
            Map.entry("log_statement", "none"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_destination", "stderr"),
            Map.entry("logging_collector", "off")));

    private ServerSettings() {}

    static String[] arguments(Path cluster, int port) {
        Stream<String> settings = SETTINGS.entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
        return Stream.concat(List.of("-D", cluster.toString(), "-p", Integer.toString(port)).stream(), settings)
                .toArray(String[]::new);
    }
}
