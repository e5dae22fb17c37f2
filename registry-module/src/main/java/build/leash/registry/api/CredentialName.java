package build.leash.registry.api;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a name that looks like a credential's: what goes by such a name is not kept in the open. */
final class CredentialName {

    private static final Pattern SEPARATORS = Pattern.compile("[-_. ]");
    private static final Set<String> WORDS = Set.of("token", "key", "secret", "password", "passwd", "pwd", "auth",
            "authorization", "bearer", "credential", "credentials", "signature", "sig", "jwt", "pat");
    private static final Set<String> COMPOUND_ENDINGS = Set.of("apikey", "accesskey", "secretkey", "accesstoken",
            "authtoken", "idtoken", "refreshtoken", "clientsecret", "sessiontoken");

    private CredentialName() {}

    /** Whether one of the name's words, or all of them written as one, names a credential. */
    static boolean matches(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String joined = SEPARATORS.matcher(lower).replaceAll("");
        return SEPARATORS.splitAsStream(lower).anyMatch(WORDS::contains)
                || COMPOUND_ENDINGS.stream().anyMatch(joined::endsWith);
    }
}
