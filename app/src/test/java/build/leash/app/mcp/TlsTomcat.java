package build.leash.app.mcp;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * A Tomcat with one servlet behind one filter, both for every path: Tomcat would answer an unmapped path before any
 * filter, and the filter's count would miss it. By hand rather than with Spring Boot, whose context would bring the
 * product's own beans and filters into a server that has to be a stranger to it.
 */
final class TlsTomcat {

    private static final int MAX_THREADS = 16;

    private TlsTomcat() {}

    static Tomcat serving(Servlet servlet, Filter gate, TlsIdentity tls, Path baseDirectory) {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(baseDirectory.toString());
        tomcat.setConnector(connector(tls));
        Context context = tomcat.addContext("", baseDirectory.toString());
        skipLeakSearch((StandardContext) context);
        addGate(context, gate);
        Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "mcp");
        return tomcat;
    }

    /** It looks for classes of a redeployed application, of which there are none, and wants the JDK opened for it. */
    private static void skipLeakSearch(StandardContext context) {
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
    }

    private static void addGate(Context context, Filter gate) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("gate");
        definition.setFilter(gate);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap everything = new FilterMap();
        everything.setFilterName("gate");
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
    }

    private static Connector connector(TlsIdentity tls) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", String.valueOf(MAX_THREADS));
        connector.setProperty("SSLEnabled", "true");
        connector.addSslHostConfig(sslHostConfig(tls));
        return connector;
    }

    private static SSLHostConfig sslHostConfig(TlsIdentity tls) {
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateKeystoreFile(tls.keyStore().toString());
        certificate.setCertificateKeystoreType("PKCS12");
        certificate.setCertificateKeystorePassword(tls.password());
        host.addCertificate(certificate);
        return host;
    }
}
