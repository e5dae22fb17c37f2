package build.leash.app.audit;

import build.leash.app.support.LeashAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes an organization's apps, native sources, their values and its notifications at random. */
final class RandomEnvChanges {

    private static final String API = "/api/organization";
    private static final String SOURCES = API + "/secret-sources";
    private static final int MAX_SOURCES = 4;

    private final Requests requests;
    private final Random random;
    private final List<String> sources = new ArrayList<>();

    /** Sends a command, which may be refused. */
    interface Requests {

        LeashAnswer send(String method, String path, String body);
    }

    RandomEnvChanges(Requests requests, Random random) {
        this.requests = requests;
        this.random = random;
    }

    /** One command, which may be refused. */
    void change() {
        switch (random.nextInt(8)) {
            case 0 -> changeApp("a" + random.nextInt(3));
            case 1 -> requests.send("POST", "/api/apps/a" + random.nextInt(3) + "/secrets/sync",
                    "{\"keys\": [\"K" + random.nextInt(3) + "\", \"L\"]}");
            case 2 -> changeNotifications();
            case 3 -> changeSource();
            default -> changeValue();
        }
    }

    private void changeApp(String app) {
        switch (random.nextInt(4)) {
            case 0, 1 -> requests.send("POST", API + "/apps", "{\"name\": \"" + app + "\"}");
            case 2 -> requests.send("PATCH", API + "/apps/" + app,
                    "{\"displayName\": \"Shown as " + random.nextInt(3) + "\"}");
            default -> requests.send("DELETE", API + "/apps/" + app, "");
        }
    }

    private void changeNotifications() {
        if (random.nextBoolean()) {
            requests.send("PUT", API + "/notifications",
                    "{\"url\": \"https://127.0.0.1/\", \"secret\": \"a-signing-secret-of-the-test\"}");
        } else {
            requests.send("DELETE", API + "/notifications", "");
        }
    }

    private void changeSource() {
        if (sources.size() < MAX_SOURCES) {
            LeashAnswer added = requests.send("POST", SOURCES, "{\"name\": \"Source " + random.nextInt()
                    + "\", \"kind\": \"native\", \"apps\": [" + apps() + "]}");
            if (added.status() == 201) {
                sources.add(added.member("id"));
            }
        } else if (random.nextInt(4) == 0) {
            requests.send("DELETE", SOURCES + "/" + sources.removeLast(), "");
        } else {
            requests.send("PATCH", source(), "{\"apps\": [" + apps() + "]}");
        }
    }

    private void changeValue() {
        if (sources.isEmpty()) {
            changeSource();
            return;
        }
        String value = source() + "/values/K" + random.nextInt(3);
        switch (random.nextInt(6)) {
            case 0 -> requests.send("DELETE", value, "");
            case 1 -> requests.send("POST", value + "/roll-back", "{\"version\": " + (1 + random.nextInt(4)) + "}");
            default -> requests.send("PUT", value, "{\"value\": \"v" + random.nextInt() + "\"}");
        }
    }

    private String source() {
        return SOURCES + "/" + sources.get(random.nextInt(sources.size()));
    }

    /** Of an app that may not be there, which is refused. */
    private String apps() {
        return random.nextBoolean() ? "\"default\"" : "\"default\", \"a" + random.nextInt(3) + "\"";
    }
}
