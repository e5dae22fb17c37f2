package build.leash.access.api;

import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * The one way in which a command enters the house: with the caller beside it, so that every event says who caused it
 * and in which request.
 */
public final class Commands {

    /** Metadata of every event: the {@link Actor}. */
    public static final String ACTOR = "actor";
    /** Metadata of every event: the request's id. */
    public static final String REQUEST_ID = "requestId";

    private final CommandGateway gateway;

    public Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Sends the command and returns when its events and read models are written, in the transaction that is under way.
     *
     * @throws Rejected if the aggregate turns it down
     */
    public void send(Caller caller, Object command) {
        gateway.sendAndWait(new GenericCommandMessage<>(command,
                Map.of(ACTOR, caller.actor().value(), REQUEST_ID, caller.requestId())));
    }
}
