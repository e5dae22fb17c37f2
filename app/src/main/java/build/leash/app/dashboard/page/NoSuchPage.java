package build.leash.app.dashboard.page;

import build.leash.access.api.Rejected;
import build.leash.app.web.error.ErrorCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Everything under the dashboard that is no page. */
@Controller
class NoSuchPage {

    @GetMapping({"/dashboard", "/dashboard/"})
    String home() {
        return "redirect:/dashboard/organization";
    }

    @RequestMapping(path = "/dashboard/**", method = {RequestMethod.GET, RequestMethod.POST, RequestMethod.PUT,
            RequestMethod.PATCH, RequestMethod.DELETE})
    void refuse() {
        throw new Rejected(ErrorCode.NOT_FOUND, "There is no such page.");
    }
}
