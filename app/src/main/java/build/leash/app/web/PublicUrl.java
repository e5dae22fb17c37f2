package build.leash.app.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where people and apps reach this installation: as configured, or else as the request at hand did. */
@Component
public final class PublicUrl {

    private final String configured;

    PublicUrl(@Value("${leash.public-url}") String configured) {
        this.configured = configured.replaceAll("/+$", "");
    }

    /** Without a slash at the end. */
    public String of(HttpServletRequest request) {
        return configured.isEmpty()
                ? ServletUriComponentsBuilder.fromContextPath(request).build().toUriString()
                : configured;
    }

    /** Whether it is known without a request, whose headers anybody can make up. */
    public boolean isConfigured() {
        return !configured.isEmpty();
    }
}
