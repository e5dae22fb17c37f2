package build.leash.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Leash} together. What is not set has the default that is named here. */
public final class LeashBuilder {

    private static final String DEFAULT_BASE_URL = "http://127.0.0.1:8080";
    private static final int MAX_RETRIES = 10;

    /** The end user's own headers that Leash takes, and no other. */
    private static final List<String> FORWARDED = List.of("Cookie", "Authorization");

    /** What a header can carry; anything else in a key is a slip of the clipboard. */
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");

    /** RFC 9110, 5.5, as the JDK takes it. Its own error for anything else repeats the value, which is a secret. */
    private static final Pattern FIELD_CONTENT = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** What JVMs that run in a page say of themselves. */
    private static final Pattern BROWSER_JVM = Pattern.compile("CheerpJ|Leaning Technologies|TeaVM");

    private final Map<String, String> forwarded = new LinkedHashMap<>();
    private Function<String, @Nullable String> environment = System::getenv;
    private Function<String, @Nullable String> properties = System::getProperty;
    private @Nullable String apiKey;
    private @Nullable String baseUrl;
    private @Nullable HttpClient http;
    private Duration timeout = Duration.ofSeconds(10);
    private int retries = 2;
    private Duration maxRetryWait = Duration.ofSeconds(10);
    private LongSupplier nanoTime = System::nanoTime;

    LeashBuilder() {}

    /** The app's key, {@code lsk_live_…}. Default: the environment's {@code LEASH_API_KEY}. */
    public LeashBuilder apiKey(String key) {
        apiKey = key;
        return this;
    }

    /** Where Leash is. Default: the environment's {@code LEASH_PLATFORM_URL}, or else this machine, port 8080. */
    public LeashBuilder baseUrl(String url) {
        baseUrl = url;
        return this;
    }

    public LeashBuilder baseUrl(URI url) {
        return baseUrl(url.toString());
    }

    /**
     * The request the app is answering, as a look-up of its headers: {@code request::getHeader} in a servlet. Its
     * {@code Cookie} and {@code Authorization} are read now and go along to Leash, and nowhere else.
     *
     * @throws LeashException {@link LeashErrorCode#NO_REQUEST_SERVER_CONSTRUCT} if it is null, which would silently
     *         drop the end user, or if one of them is nothing that a header can carry
     */
    public LeashBuilder request(@Nullable Function<String, @Nullable String> header) {
        if (header == null) {
            throw new LeashException(LeashErrorCode.NO_REQUEST_SERVER_CONSTRUCT,
                    "The request that was passed to Leash is none",
                    "Build Leash where a request is being answered, or leave request out to act for nobody.", null);
        }
        forwarded.clear();
        for (String name : FORWARDED) {
            String value = header.apply(name);
            if (value != null && !value.isEmpty()) {
                if (!FIELD_CONTENT.matcher(value).matches()) {
                    throw new LeashException(LeashErrorCode.NO_REQUEST_SERVER_CONSTRUCT,
                            "The " + name + " header of the request that was passed to Leash holds characters that no"
                                    + " header has",
                            "Pass the request's headers as they came, or leave request out to act for nobody.", null);
                }
                forwarded.put(name, value);
            }
        }
        return this;
    }

    /** How long one attempt may take. Default 10 seconds. */
    public LeashBuilder timeout(Duration limit) {
        if (limit.isNegative() || limit.toMillis() == 0) {
            throw new IllegalArgumentException("A timeout is at least a millisecond");
        }
        timeout = limit;
        return this;
    }

    /** How many further attempts a passing failure gets, up to 10. Default 2. */
    public LeashBuilder retries(int count) {
        if (count < 0 || count > MAX_RETRIES) {
            throw new IllegalArgumentException("There are 0 to " + MAX_RETRIES + " retries");
        }
        retries = count;
        return this;
    }

    /** The longest {@code Retry-After} that is waited for; a longer one fails at once. Default 10 seconds. */
    public LeashBuilder maxRetryWait(Duration limit) {
        maxRetryWait = limit;
        return this;
    }

    /** For proxies and certificates of one's own. It must not follow redirects, since the key would go along. */
    public LeashBuilder httpClient(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("The HTTP client must not follow redirects");
        }
        http = client;
        return this;
    }

    /** What {@link LeashEnv} measures age by, in nanoseconds; for tests. Default {@link System#nanoTime}. */
    public LeashBuilder ticker(LongSupplier nanoseconds) {
        nanoTime = nanoseconds;
        return this;
    }

    /** Contacts nobody. */
    public Leash build() {
        refuseBrowsers();
        String key = Optional.ofNullable(apiKey).or(() -> fromEnvironment("LEASH_API_KEY")).orElse("").strip();
        if (!VISIBLE_ASCII.matcher(key).matches()) {
            throw new LeashException(LeashErrorCode.NO_API_KEY,
                    key.isEmpty() ? "There is no API key" : "The API key holds characters that no key has",
                    "Set LEASH_API_KEY, or pass apiKey. An owner creates keys on the dashboard: /dashboard/organization",
                    null);
        }
        Platform platform = new Platform(http == null ? newHttpClient() : http, checkedBaseUrl(), key,
                Map.copyOf(forwarded), timeout, new RetryPolicy(retries, maxRetryWait));
        return new Leash(platform, new LeashEnv(platform, nanoTime));
    }

    LeashBuilder environment(Function<String, @Nullable String> variables) {
        environment = variables;
        return this;
    }

    LeashBuilder properties(Function<String, @Nullable String> system) {
        properties = system;
        return this;
    }

    /** A key in a page is a key in public, so this is checked before anything else. */
    private void refuseBrowsers() {
        for (String name : List.of("java.vm.name", "java.vm.vendor", "java.vendor")) {
            String value = properties.apply(name);
            if (value != null && BROWSER_JVM.matcher(value).find()) {
                throw new LeashException(LeashErrorCode.BROWSER_MODE_UNSUPPORTED,
                        "Leash does not run in a browser, where everybody could read its API key",
                        "Use Leash in server code and let the page ask your server.", null);
            }
        }
    }

    private URI checkedBaseUrl() {
        String text = Optional.ofNullable(baseUrl).or(() -> fromEnvironment("LEASH_PLATFORM_URL"))
                .orElse(DEFAULT_BASE_URL);
        try {
            URI url = URI.create(text);
            String scheme = url.getScheme();
            if (("http".equals(scheme) || "https".equals(scheme)) && url.getHost() != null
                    && url.getRawUserInfo() == null) {
                String path = url.getRawPath();
                return URI.create(scheme + "://" + url.getRawAuthority() + path + (path.endsWith("/") ? "" : "/"));
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text, which may hold a password.
        }
        throw new LeashException(LeashErrorCode.NETWORK_ERROR,
                "The platform's address is no http or https URL, or has a user name in it",
                "Set LEASH_PLATFORM_URL, or pass baseUrl, like https://leash.example.com", null);
    }

    private Optional<String> fromEnvironment(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private HttpClient newHttpClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout).build();
    }
}
