package data

import (
	"database/sql"
	"database/sql/driver"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// driverName is go-sqlite3 with the pragmas that its DSN has no words for.
const driverName = "taizhang-sqlite"

func init() {
	sql.Register(driverName, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		for _, pragma := range []string{
			"PRAGMA wal_autocheckpoint = 16000",
			"PRAGMA journal_size_limit = 67108864",
			"PRAGMA temp_store = MEMORY",
		} {
			if _, err := c.Exec(pragma, []driver.Value{}); err != nil {
				return err
			}
		}
		return nil
	}})
}
