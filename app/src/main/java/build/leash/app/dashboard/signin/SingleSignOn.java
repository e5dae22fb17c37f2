package build.leash.app.dashboard.signin;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

interface SingleSignOn {

    void addTo(HttpSecurity http);
}
