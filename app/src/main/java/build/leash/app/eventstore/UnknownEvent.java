package build.leash.app.eventstore;

/**
 * The log holds an event that this version does not know, so it was written by a later one. Skipping it would leave the
 * read models silently wrong, so whoever reads it stops here.
 */
public final class UnknownEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownEvent(String name) {
        super("The event log holds an event of the unknown name " + name
                + ". Was it written by a later version of Leash?");
    }
}
