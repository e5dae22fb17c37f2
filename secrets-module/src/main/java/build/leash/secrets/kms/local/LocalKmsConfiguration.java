package build.leash.secrets.kms.local;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LocalKmsConfiguration {

    private static final Pattern HOME = Pattern.compile("^~(?=/)");

    /**
     * Reads the path as text, because Spring's own conversion looks on the class path first and knows no {@code ~}.
     *
     * @param keyring the file with the KEKs of organizations that are, or were, with the local provider
     */
    @Bean
    LocalKms localKms(@Value("${leash.kms.local.keyring}") String keyring) {
        return new LocalKms(Path.of(HOME.matcher(keyring.strip()).replaceFirst(
                Matcher.quoteReplacement(System.getProperty("user.home")))));
    }
}
