/** Read models made anew from the event log: compared with the live ones, put in their place, or as of a moment. */
@NullMarked
package build.leash.app.audit.replay;

import org.jspecify.annotations.NullMarked;
