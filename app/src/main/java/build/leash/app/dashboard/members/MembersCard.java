package build.leash.app.dashboard.members;

import build.leash.access.api.Caller;
import build.leash.access.api.Members;
import build.leash.access.api.Permission;
import build.leash.access.api.Role;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the card for members shows; invitations only to those who can do something about them. */
@Component
public final class MembersCard {

    static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::toString).toList();

    private final Members members;

    MembersCard(Members members) {
        this.members = members;
    }

    public void addTo(Model model, Caller caller) {
        boolean manages = caller.role().may(Permission.MANAGE_MEMBERS);
        model.addAttribute("members", members.list(caller)).addAttribute("mayManageMembers", manages)
                .addAttribute("invitations", manages ? members.invitations(caller) : List.of())
                .addAttribute("roles", ROLES);
    }
}
