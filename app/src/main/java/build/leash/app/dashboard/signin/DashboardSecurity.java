package build.leash.app.dashboard.signin;

import build.leash.access.api.Sessions;
import build.leash.app.dashboard.page.Assets;
import build.leash.app.web.FilterOrder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Protects the dashboard, and the write side of the API where a session uses it. What apps call is outside of all this:
 * the filter is mapped to these paths only.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class DashboardSecurity {

    /** Scripts, styles and requests from here alone; nothing inline, nothing framed. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String[] OPEN = {Assets.PATH + "**", "/dashboard/sign-in", "/dashboard/sign-in/*",
            "/dashboard/invitations/*", "/api/**"};
    private static final RequestMatcher API = PathPatternRequestMatcher.pathPattern("/api/**");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    DelegatingFilterProxyRegistrationBean dashboardSecurityFilter() {
        DelegatingFilterProxyRegistrationBean filter = new DelegatingFilterProxyRegistrationBean(
                "springSecurityFilterChain");
        filter.addUrlPatterns("/dashboard", "/dashboard/*", "/api/organization", "/api/organization/*");
        filter.setOrder(FilterOrder.SECURITY);
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return filter;
    }

    /** Methods and header values are judged further in, where they are answered for as everywhere else. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    @Bean
    SecurityFilterChain dashboardFilterChain(HttpSecurity http, Sessions sessions, Refusals refusals) {
        http.addFilterBefore(new SessionFilter(sessions), CsrfFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(new SessionCsrfTokens())
                        .csrfTokenRequestHandler(new XorCsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(DashboardSecurity::needsCsrfToken))
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()"))
                        .crossOriginOpenerPolicy(policy -> {}).crossOriginResourcePolicy(policy -> {}))
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll()
                        .requestMatchers(OPEN).permitAll()
                        .anyRequest().access((nobody, context) -> new AuthorizationDecision(
                                refusals.mayPass(context.getRequest()))))
                .exceptionHandling(failed -> failed.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable).httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable);
        return http.build();
    }

    /**
     * Every change needs it, but for one of the API that no session's cookie speaks for: it cannot be forged, and an
     * API key is not sent by itself. Paths are compared as controllers see them, decoded.
     */
    private static boolean needsCsrfToken(HttpServletRequest request) {
        boolean changes = !SAFE.contains(request.getMethod());
        boolean byKeyOrNobody = API.matches(request) && SignedIn.of(request).isEmpty();
        return changes && !byKeyOrNobody;
    }
}
