package build.leash.access.api;

/**
 * Why a call was turned down. Each module has one enum of them, closed and documented; the HTTP status and the words
 * around it are given in one place, at the door.
 */
public interface Rejection {

    /** The enum constant's name; in lower case it is the {@code code} that callers read. */
    String name();
}
