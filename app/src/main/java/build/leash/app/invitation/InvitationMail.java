package build.leash.app.invitation;

import build.leash.access.api.InvitationView;
import build.leash.access.api.Members;
import build.leash.app.web.PublicUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends invitations, if an SMTP server is configured ({@code spring.mail.host}) and it is known where people reach this
 * installation ({@code leash.public-url}): a link made of a request's own host could be anybody's.
 */
@Component
final class InvitationMail {

    private static final Logger LOG = LoggerFactory.getLogger(InvitationMail.class);

    private final ObjectProvider<JavaMailSender> sender;
    private final PublicUrl publicUrl;
    private final String from;

    InvitationMail(ObjectProvider<JavaMailSender> sender, PublicUrl publicUrl,
            @Value("${leash.mail.from}") String from) {
        this.sender = sender;
        this.publicUrl = publicUrl;
        this.from = from;
    }

    /**
     * Sends it, or promises to do so once the transaction that is under way has been committed: a link to an invitation
     * that was rolled back is never sent, and no transaction waits for an SMTP server.
     */
    Delivery send(InvitationView invitation, String link) {
        JavaMailSender smtp = sender.getIfAvailable();
        if (smtp == null || !publicUrl.isConfigured()) {
            return Delivery.NOT_CONFIGURED;
        }
        SimpleMailMessage message = message(invitation, link);
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return send(smtp, message);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() { // while the connection is still held
                Thread.ofVirtual().name("invitation-mail").start(() -> send(smtp, message));
            }
        });
        return Delivery.SENDING;
    }

    private SimpleMailMessage message(InvitationView invitation, String link) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(invitation.email().value());
        message.setSubject("You are invited to " + invitation.organizationName() + " on Leash");
        message.setText("""
                You are invited to join the organization %s on Leash as %s.

                %s

                The link is for you alone and works once, for %d days.
                """.formatted(invitation.organizationName(), invitation.role(), link, Members.INVITATION_DAYS));
        return message;
    }

    private static Delivery send(JavaMailSender smtp, SimpleMailMessage message) {
        try {
            smtp.send(message);
            return Delivery.MAILED;
        } catch (MailException e) {
            LOG.warn("An invitation could not be mailed: {}", e.getClass().getSimpleName());
            return Delivery.FAILED;
        }
    }
}
