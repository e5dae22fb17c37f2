package build.leash.registry.api;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a name that looks like a credential's: what goes by such a name is not kept in the open. */
final class CredentialName {

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");
    private static final Pattern CAMEL_CASE = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Set<String> WORDS = Set.of("token", "key", "secret", "password", "passwd", "passphrase", "pwd",
            "auth", "authorization", "bearer", "credential", "credentials", "creds", "signature", "sig", "jwt", "pat");
    private static final Set<String> COMPOUND_ENDINGS = Set.of("apikey", "accesskey", "authkey", "privatekey",
            "secretkey", "accesstoken", "apitoken", "authtoken", "bearertoken", "idtoken", "refreshtoken",
            "sessiontoken", "apisecret", "appsecret", "clientsecret");

    private CredentialName() {}

    /**
     * Whether one of the name's words, or all of them written as one, names a credential. Words are told apart by
     * anything that is no letter ({@code auth[token]}, {@code api_key2}) and by camel case ({@code botToken}).
     */
    static boolean matches(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String joined = NO_LETTERS.matcher(lower).replaceAll("");
        return hasCredentialWord(lower)
                || hasCredentialWord(CAMEL_CASE.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT))
                || COMPOUND_ENDINGS.stream().anyMatch(joined::endsWith);
    }

    private static boolean hasCredentialWord(String lower) {
        return NO_LETTERS.splitAsStream(lower).anyMatch(WORDS::contains);
    }
}
