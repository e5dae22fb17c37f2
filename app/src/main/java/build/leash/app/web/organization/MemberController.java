package build.leash.app.web.organization;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
import build.leash.access.api.MemberView;
import build.leash.access.api.Members;
import build.leash.access.api.PersonId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.app.web.RequestFields;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/members}. */
@RestController
@RequestMapping("/api/organization/members")
class MemberController {

    private final Members members;

    MemberController(Members members) {
        this.members = members;
    }

    /** All of them: an organization has a bounded number. */
    @GetMapping
    ResponseEntity<PageJson<MemberView>> list(Caller caller) {
        return shown(new PageJson<>(members.list(caller), null));
    }

    @PatchMapping(path = "/{person}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<MemberView> change(Caller caller, @PathVariable String person, RequestFields body) {
        Role role = body.required("role", Role::of);
        PersonId id = known(person);
        body.build(() -> requireNonNull(role));
        members.changeRole(caller, id, requireNonNull(role));
        return shown(members.list(caller).stream().filter(member -> member.person().equals(id)).findFirst()
                .orElseThrow(MemberController::unknown));
    }

    @DeleteMapping("/{person}")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String person) {
        members.remove(caller, known(person));
        return ResponseEntity.noContent().build();
    }

    private static PersonId known(String person) {
        try {
            return PersonId.of(person);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Rejected unknown() {
        return new Rejected(AccessRejection.UNKNOWN_MEMBER, "This person is not a member.");
    }

    private static <T> ResponseEntity<T> shown(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
