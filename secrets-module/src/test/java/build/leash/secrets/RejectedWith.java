package build.leash.secrets;

import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import org.hamcrest.CustomTypeSafeMatcher;

/** Matches what was turned down for this reason, and for no other. */
public final class RejectedWith extends CustomTypeSafeMatcher<Rejected> {

    private final Rejection rejection;

    public RejectedWith(Rejection rejection) {
        super("rejected with " + rejection.name());
        this.rejection = rejection;
    }

    @Override
    protected boolean matchesSafely(Rejected rejected) {
        return rejected.rejection() == rejection;
    }
}
