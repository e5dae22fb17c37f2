package build.leash.benchmarks;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the loader made.
 *
 * @param database where it is, and how to reach it
 * @param tenants those that are fetched over and over
 * @param cold those that nobody has fetched yet
 */
record Dataset(Database database, List<Tenant> tenants, List<Tenant> cold) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Database(String url, String username, String password) {

        @Override
        public String toString() {
            return "Database[" + url + "]";
        }
    }

    record Tenant(String appKey, String adminKey, List<String> slugs) {

        @Override
        public String toString() {
            return "Tenant[…]";
        }
    }

    void write(Path file) {
        JSON.writeValue(file.toFile(), this);
    }

    static Dataset read(Path file) {
        return JSON.readValue(file.toFile(), Dataset.class);
    }
}
