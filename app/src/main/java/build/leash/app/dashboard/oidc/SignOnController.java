package build.leash.app.dashboard.oidc;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Rejected;
import build.leash.access.api.Sessions;
import build.leash.app.web.PublicUrl;
import build.leash.app.dashboard.signin.Destination;
import build.leash.app.dashboard.signin.SessionCookie;
import build.leash.app.dashboard.signin.SessionStart;
import build.leash.app.web.RequestId;
import build.leash.app.web.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** To the identity provider and back. There are no such pages unless one is configured. */
@Controller
class SignOnController {

    static final String BEGIN = "/dashboard/sign-in/with-provider";
    /** To be registered with the provider. */
    static final String CALLBACK = "/dashboard/sign-in/callback";

    private static final Logger LOG = LoggerFactory.getLogger(SignOnController.class);
    private static final String SIGN_IN = "/dashboard/sign-in?problem=";

    private final IdentityProvider provider;
    private final Admission admission;
    private final SessionStart start;
    private final Sessions sessions;
    private final PublicUrl publicUrl;

    SignOnController(IdentityProvider provider, Admission admission, SessionStart start,
            Sessions sessions, PublicUrl publicUrl) {
        this.provider = provider;
        this.admission = admission;
        this.start = start;
        this.sessions = sessions;
        this.publicUrl = publicUrl;
    }

    @GetMapping(BEGIN)
    ResponseEntity<Void> begin(HttpServletRequest request, HttpServletResponse response,
            @RequestParam(required = false) @Nullable String next) {
        RoundTrip trip = RoundTrip.to(Destination.of(next));
        try {
            String target = configured().authorizationUri(trip, callback(request));
            SessionCookie.SIGN_ON.writeText(request, response, trip.text());
            return to(target);
        } catch (SignOnFailed e) {
            return refused(e);
        }
    }

    @GetMapping(CALLBACK)
    ResponseEntity<Void> finish(HttpServletRequest request, HttpServletResponse response,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(defaultValue = "") String state) {
        IdentityProvider identityProvider = configured();
        try {
            RoundTrip trip = SessionCookie.SIGN_ON.readText(request).flatMap(RoundTrip::parse).orElseThrow(
                    () -> new SignOnFailed(SignOnProblem.EXPIRED, "the browser did not begin it"));
            EmailAddress email = identityProvider.identify(trip, answer(request, code, error, state));
            Admission.Admitted admitted = admission.admit(email, RequestId.of(request)).orElseThrow(
                    () -> new SignOnFailed(SignOnProblem.UNKNOWN, "the address is nobody's"));
            PlainToken session = sessions.open(admitted.person());
            start.begin(session, request, response);
            if (admitted.joined() == null) {
                return to(trip.next());
            }
            sessions.moveTo(session, admitted.joined());
            return to(Destination.HOME);
        } catch (SignOnFailed e) {
            return refused(e);
        } finally {
            SessionCookie.SIGN_ON.remove(request, response);
        }
    }

    private OAuth2AuthorizationResponse answer(HttpServletRequest request, @Nullable String code,
            @Nullable String error, String state) throws SignOnFailed {
        if ((code == null || code.isBlank()) && (error == null || error.isBlank())) {
            throw new SignOnFailed(SignOnProblem.FAILED, "it sent neither a code nor an error");
        }
        OAuth2AuthorizationResponse.Builder answer = error == null || error.isBlank()
                ? OAuth2AuthorizationResponse.success(Objects.requireNonNull(code))
                : OAuth2AuthorizationResponse.error(error);
        return answer.redirectUri(callback(request)).state(state).build();
    }

    private IdentityProvider configured() {
        if (!provider.isConfigured()) {
            throw new Rejected(ErrorCode.NOT_FOUND, "There is no such page.");
        }
        return provider;
    }

    private String callback(HttpServletRequest request) {
        return publicUrl.of(request) + CALLBACK;
    }

    private static ResponseEntity<Void> refused(SignOnFailed failure) {
        LOG.info("Nobody was signed in by the identity provider: {}", failure.getMessage());
        return to(SIGN_IN + failure.problem().code());
    }

    private static ResponseEntity<Void> to(String target) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(target)).build();
    }
}
