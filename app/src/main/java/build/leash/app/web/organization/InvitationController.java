package build.leash.app.web.organization;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvitationId;
import build.leash.access.api.InvitationView;
import build.leash.access.api.Members;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.app.invitation.Delivery;
import build.leash.app.invitation.Invitations;
import build.leash.app.web.RequestFields;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/invitations}. */
@RestController
@RequestMapping(InvitationController.PATH)
class InvitationController {

    static final String PATH = "/api/organization/invitations";

    private final Members members;
    private final Invitations invitations;

    InvitationController(Members members, Invitations invitations) {
        this.members = members;
        this.invitations = invitations;
    }

    /** An invitation as lists show it: everything but its link. */
    record InvitationJson(InvitationId id, String email, Role role, String invitedBy, Instant expiresAt) {

        static InvitationJson of(InvitationView invitation) {
            return new InvitationJson(invitation.id(), invitation.email().value(), invitation.role(),
                    invitation.invitedBy(), invitation.expiresAt());
        }
    }

    /** A new invitation with its link, which no other answer shows. Does not print it. */
    record MadeJson(@JsonUnwrapped InvitationJson invitation, String link, Delivery mail) {

        @Override
        public String toString() {
            return "MadeJson[" + invitation.id() + "]";
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<MadeJson> invite(HttpServletRequest request, Caller caller, RequestFields body) {
        EmailAddress email = body.required("email", EmailAddress::new);
        Role role = body.optional("role", Role::of);
        body.build(() -> requireNonNull(email));
        Invitations.Made made = invitations.invite(request, caller, requireNonNull(email),
                requireNonNullElse(role, Role.BUILDER));
        return ResponseEntity.created(URI.create(PATH + "/" + made.invitation().id()))
                .cacheControl(CacheControl.noStore())
                .body(new MadeJson(InvitationJson.of(made.invitation()), made.link(), made.delivery()));
    }

    @GetMapping
    ResponseEntity<PageJson<InvitationJson>> list(Caller caller) {
        List<InvitationJson> open = members.invitations(caller).stream().map(InvitationJson::of).toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new PageJson<>(open, null));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> withdraw(Caller caller, @PathVariable String id) {
        members.withdraw(caller, known(id));
        return ResponseEntity.noContent().build();
    }

    private static InvitationId known(String id) {
        try {
            return InvitationId.of(id);
        } catch (IllegalArgumentException e) {
            throw new Rejected(AccessRejection.UNKNOWN_INVITATION, "The invitation is not valid any more.");
        }
    }
}
