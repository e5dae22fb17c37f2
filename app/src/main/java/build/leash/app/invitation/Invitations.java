package build.leash.app.invitation;

import build.leash.access.api.Caller;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvitationView;
import build.leash.access.api.Members;
import build.leash.access.api.Role;
import build.leash.app.web.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Invites people. Mail is a convenience: an invitation counts as made whether or not it could be sent. */
@Component
public final class Invitations {

    private final Members members;
    private final InvitationMail mail;
    private final PublicUrl publicUrl;

    Invitations(Members members, InvitationMail mail, PublicUrl publicUrl) {
        this.members = members;
        this.mail = mail;
        this.publicUrl = publicUrl;
    }

    /**
     * An invitation just made. Does not print its link.
     *
     * @param link shown nowhere else, ever
     */
    public record Made(InvitationView invitation, String link, Delivery delivery) {

        @Override
        public String toString() {
            return "Made[" + invitation.id() + ", " + delivery + "]";
        }
    }

    /**
     * Invites somebody, and mails the link. In a request with an {@code Idempotency-Key} the mail goes out after the
     * commit, when the answer is kept already: it tells {@link Delivery#SENDING}.
     *
     * @throws build.leash.access.api.Rejected as {@link Members#invite} does
     */
    public Made invite(HttpServletRequest request, Caller caller, EmailAddress email, Role role) {
        Members.Invited invited = members.invite(caller, email, role);
        String link = publicUrl.of(request) + "/dashboard/invitations/" + invited.token().reveal();
        return new Made(invited.invitation(), link, mail.send(invited.invitation(), link));
    }
}
