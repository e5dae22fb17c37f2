package build.leash.app.dashboard.members;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.InvitationId;
import build.leash.access.api.MemberView;
import build.leash.access.api.Members;
import build.leash.access.api.Permission;
import build.leash.access.api.PersonId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.invitation.Invitations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Members: the list, inviting, roles, removing. */
@Controller
@RequestMapping("/dashboard/organization/members")
class MemberPages {

    private static final int UNPROCESSABLE = 422;

    private final Members members;
    private final MembersCard card;
    private final Invitations invitations;

    MemberPages(Members members, MembersCard card, Invitations invitations) {
        this.members = members;
        this.card = card;
        this.invitations = invitations;
    }

    @ModelAttribute("roles")
    List<String> roles() {
        return MembersCard.ROLES;
    }

    @GetMapping
    String list(Caller caller, Model model) {
        card.addTo(model, caller);
        return "fragments/members :: list";
    }

    @GetMapping("/invite")
    String form(Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        model.addAttribute("form", form).addAttribute("errors", Map.of());
        return "fragments/members :: invite";
    }

    @PostMapping("/invite")
    String invite(HttpServletRequest request, HttpServletResponse response, Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        try {
            Invitations.Made made = invitations.invite(request, caller, new EmailAddress(form.text("email")),
                    Role.of(form.text("role")));
            Outcome.shown(response, Topic.MEMBERS, Topic.ACTIVITY);
            model.addAttribute("made", made);
            return "fragments/members :: invited";
        } catch (InvalidValue e) {
            return again(response, form, model, e.whatIsAllowed());
        } catch (Rejected e) {
            if (e.rejection() != AccessRejection.ALREADY_MEMBER) {
                throw e;
            }
            return again(response, form, model, e.sentence());
        }
    }

    @PostMapping("/{person}/role")
    void changeRole(HttpServletResponse response, Caller caller, Form form, @PathVariable String person) {
        Role role = Role.of(form.text("role"));
        members.changeRole(caller, parsed(person, PersonId::of), role);
        Outcome.done(response, "The role is " + role + " now.", Topic.MEMBERS, Topic.ACTIVITY);
    }

    @GetMapping("/{person}/remove")
    String remove(Caller caller, Model model, @PathVariable String person) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        PersonId id = parsed(person, PersonId::of);
        MemberView member = members.list(caller).stream().filter(known -> known.person().equals(id)).findFirst()
                .orElseThrow(MemberPages::unknown);
        model.addAttribute("member", member);
        return "fragments/members :: remove";
    }

    @PostMapping("/{person}/remove")
    void removeNow(HttpServletResponse response, Caller caller, @PathVariable String person) {
        members.remove(caller, parsed(person, PersonId::of));
        Outcome.done(response, "Removed the member.", Topic.MEMBERS, Topic.ACTIVITY);
    }

    @PostMapping("/invitations/{id}/withdraw")
    void withdraw(HttpServletResponse response, Caller caller, @PathVariable String id) {
        members.withdraw(caller, parsed(id, InvitationId::of));
        Outcome.done(response, "Withdrew the invitation. Its link does not work any more.", Topic.MEMBERS,
                Topic.ACTIVITY);
    }

    private static String again(HttpServletResponse response, Form form, Model model, String message) {
        response.setStatus(UNPROCESSABLE);
        model.addAttribute("form", form).addAttribute("errors", Map.of("email", message));
        return "fragments/members :: invite";
    }

    private static <T> T parsed(String id, Function<String, T> type) {
        try {
            return type.apply(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Rejected unknown() {
        return new Rejected(AccessRejection.UNKNOWN_MEMBER, "This person is not a member.");
    }
}
