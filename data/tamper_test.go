package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/data"
)

// full fills a desk with every kind of record, corrections and voids.
func full(t *testing.T) *desk {
	d := newDesk(t)
	ctx := context.Background()
	first := d.record(d.entry("宣传条幅", "3681", 3))
	d.record(d.entry("宣传单", "35万", 1))
	gone := d.record(d.entry("电子屏", "304", 0))
	if err := d.book.Correct(ctx, first, d.entry("宣传条幅", "3682", 3), "数错"); err != nil {
		t.Fatal(err)
	}
	if err := d.book.Void(ctx, gone, "重复"); err != nil {
		t.Fatal(err)
	}
	site := d.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	d.record(&ledger.Reserve{Site: site, Rooms: 39, Ready: -1, Occupied: 4})
	d.record(&ledger.Cases{Count: 2})
	ins := d.record(&ledger.Inspection{Unit: d.unit("临江街道"), Day: d.today(), Form: ledger.FormSpecial, Visits: 1, Problems: 1, Directives: 1})
	d.record(&ledger.Problem{Inspection: ins, Text: "未测温", Directive: "配备", Deadline: d.today() + 3})
	batch := make([]ledger.Record, 100)
	for i := range batch {
		batch[i] = d.entry("网络信息", fmt.Sprint(i+1), i%40)
	}
	if _, err := d.store.Append(ctx, batch, "导入", func(i int) time.Time { return d.now }); err != nil {
		t.Fatal(err)
	}
	for range 2 { // each of a source of its own
		taken, records := d.reportBatch()
		taken.Hash[0]++
		if _, _, err := d.book.RecordBatch(ctx, taken, records); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// TestAnyChangeByHandIsCaught changes every column of one row of every table,
// and deletes and adds rows, each in a ledger of its own that verify must
// refuse.
func TestAnyChangeByHandIsCaught(t *testing.T) {
	d := full(t)
	d.verify()
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range tamperings(t, d.path) {
		if err := os.WriteFile(d.path, sound, 0o600); err != nil {
			t.Fatal(err)
		}
		if !tamper(t, d.path, change) {
			continue
		}
		s, err := data.Open(context.Background(), d.path, d.options())
		if err == nil {
			_, err = s.Verify(context.Background(), nil)
			s.Close()
		}
		if err == nil {
			t.Errorf("verify is content after: %s", change)
		}
	}
}

// tamper changes the file as anybody with a SQLite shell could; false when
// SQLite itself refuses.
func tamper(t *testing.T, path, change string) bool {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	res, err := db.Exec(change)
	if err != nil {
		if strings.Contains(err.Error(), "constraint") || strings.Contains(err.Error(), "datatype") {
			return false
		}
		t.Fatalf("%s: %v", change, err)
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Fatalf("%s: changed %d rows", change, n)
	}
	return true
}

// tables that verify answers for; alias and local are covered through what they
// name.
var tampered = []string{"revision", "desk", "unit", "item", "publicity", "site", "reserve", "cases", "inspection", "problem", "batch", "rollup", "alias"}

// tamperings lists one statement for every column, one deletion and one
// duplicate row for every table.
func tamperings(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var list []string
	for _, table := range tampered {
		columns, key := columnsOf(t, db, table)
		pick := fmt.Sprintf("WHERE %s = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET (SELECT count(*)/2 FROM %s))", key, key, table, key, table)
		for column, kind := range columns {
			set := fmt.Sprintf("%s = coalesce(%s, 0) + 1", column, column)
			switch kind {
			case "TEXT":
				set = fmt.Sprintf("%s = %s || 'x'", column, column)
			case "BLOB":
				set = fmt.Sprintf("%s = cast(%s || x'01' AS BLOB)", column, column)
			}
			list = append(list, fmt.Sprintf("UPDATE %s SET %s %s", table, set, pick))
		}
		list = append(list, fmt.Sprintf("DELETE FROM %s %s", table, pick))
		last := fmt.Sprintf("WHERE %s = (SELECT max(%s) FROM %s)", key, key, table)
		if table != "desk" {
			list = append(list, fmt.Sprintf("DELETE FROM %s %s", table, last))
		}
		names := make([]string, 0, len(columns))
		values := make([]string, 0, len(columns))
		for column := range columns {
			names = append(names, column)
			value := column
			if column == key {
				value = column + " + 1"
			}
			values = append(values, value)
		}
		list = append(list, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s %s", table, strings.Join(names, ", "), strings.Join(values, ", "), table, last))
	}
	return list
}

func columnsOf(t *testing.T, db *sql.DB, table string) (columns map[string]string, key string) {
	t.Helper()
	rows, err := db.Query("SELECT name, type, pk FROM pragma_table_info(?)", table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns = map[string]string{}
	for rows.Next() {
		var name, kind string
		var pk int
		if err := rows.Scan(&name, &kind, &pk); err != nil {
			t.Fatal(err)
		}
		columns[name] = kind
		if pk == 1 {
			key = name
		}
	}
	return columns, key
}
