package build.leash.app.database;

import com.zaxxer.hikari.HikariDataSource;

/** Keeps the pool from being taken for the application's {@code DataSource}, of which there is one. */
record ReadsPool(HikariDataSource dataSource) implements AutoCloseable {

    @Override
    public void close() {
        dataSource.close();
    }

    @Override
    public String toString() {
        return "ReadsPool[" + dataSource.getPoolName() + "]";
    }
}
