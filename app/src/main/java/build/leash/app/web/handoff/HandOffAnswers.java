package build.leash.app.web.handoff;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKey;
import build.leash.access.api.KnownKey;
import build.leash.access.api.Rejected;
import build.leash.app.audit.readlog.ReadKind;
import build.leash.app.audit.readlog.ReadLog;
import build.leash.app.web.ETags;
import build.leash.app.web.RateLimit;
import build.leash.config.api.HandOff;
import build.leash.config.api.HandOffs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Answers for {@code GET /api/integrations/mcp-config/{slug}}. */
@Component
class HandOffAnswers {

    private final ApiKeys keys;
    private final HandOffs handOffs;
    private final RateLimit rateLimit;
    private final ReadLog reads;
    private final HandOffJson json;

    HandOffAnswers(ApiKeys keys, HandOffs handOffs, RateLimit rateLimit, ReadLog reads) {
        this.keys = keys;
        this.handOffs = handOffs;
        this.rateLimit = rateLimit;
        this.reads = reads;
        this.json = new HandOffJson();
    }

    /**
     * Hands the server of this slug off.
     *
     * @param slug as it came, whatever it is
     * @throws build.leash.access.api.Rejected if the app gets nothing; nothing was written then
     */
    void answer(HttpServletRequest request, HttpServletResponse response, String slug) throws IOException {
        HandOffs.Asked asked = ask(request, slug);
        String held = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        HandOff handOff = reads.handOff(request, asked.app(), slug,
                () -> asked.handOff(version -> ETags.matches(held, version)));
        response.setHeader(HttpHeaders.ETAG, ETags.of(handOff.version()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!asked.age().isZero()) {
            response.setHeader(HttpHeaders.AGE, Long.toString(asked.age().toSeconds()));
        }
        switch (handOff) {
            case HandOff.Unchanged unchanged -> response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            case HandOff.Endpoint endpoint -> write(response, endpoint);
        }
    }

    private HandOffs.Asked ask(HttpServletRequest request, String slug) {
        String key = request.getHeader("X-API-Key");
        try {
            return handOffs.ask(key, slug, app -> admit(request, app, slug));
        } catch (Rejected e) {
            if (e.rejection() == AccessRejection.INVALID_API_KEY) { // and not because the database is out of reach
                keys.known(key).ifPresent(known -> reads.refused(request, ReadKind.HAND_OFF, known, slug, e));
            }
            throw e;
        }
    }

    private void admit(HttpServletRequest request, AppKey app, String slug) {
        try {
            rateLimit.use(app.id());
        } catch (Rejected e) {
            reads.refused(request, ReadKind.HAND_OFF, KnownKey.of(app), slug, e);
            throw e;
        }
    }

    private void write(HttpServletResponse response, HandOff.Endpoint endpoint) throws IOException {
        byte[] body = json.write(endpoint);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
