package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/app/ledger"
)

// plainFile is a file of SQLite that is no ledger.
func plainFile(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open(driverName, dsn(filepath.Join(t.TempDir(), "plain.db"), "rwc", nil))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return db
}

func must(t interface{ Fatal(...any) }, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// packedRow is a row of the table that the tests below write and read packed.
type packedRow struct {
	key    int64
	number sql.NullInt64
	text   string
	blob   []byte
}

const packedTable = "CREATE TABLE t (k INTEGER PRIMARY KEY, n INTEGER, s TEXT NOT NULL, b BLOB NOT NULL) STRICT"

// drawRows draws rows in the order of their keys, with gaps of every width
// between them, some so long that a blob holds few.
func drawRows(t *rapid.T) []packedRow {
	keys := rapid.SliceOfNDistinct(rapid.OneOf(rapid.Int64Range(0, 40), rapid.Int64Range(1000, 3200), rapid.Int64()), 0, 40,
		func(k int64) int64 { return k }).Draw(t, "keys")
	slices.Sort(keys)
	rows := make([]packedRow, len(keys))
	for i, k := range keys {
		rows[i] = packedRow{key: k, text: rapid.String().Draw(t, "text"), blob: rapid.SliceOf(rapid.Byte()).Draw(t, "blob")}
		if rapid.Bool().Draw(t, "stated") {
			rows[i].number = sql.NullInt64{Int64: rapid.Int64().Draw(t, "number"), Valid: true}
		}
		if rapid.IntRange(0, 9).Draw(t, "long") == 0 {
			rows[i].blob = bytes.Repeat([]byte{1, 3, 4, 5}, packedFull/6)
		}
	}
	return rows
}

func packRows(rows []packedRow) []byte {
	var p packer
	for _, r := range rows {
		p.int(r.key)
		if r.number.Valid {
			p.int(r.number.Int64)
		} else {
			p.buf = append(p.buf, 5) // NULL, which the program writes as a literal
		}
		p.text(r.text)
		p.blob(r.blob)
	}
	return p.buf
}

func readRows(db *sql.DB, from, to int64) (rows []packedRow, err error) {
	r := packedReader{ctx: context.Background(), q: db, table: "t", key: "k", columns: "k, n, s, b", visit: func(u *unpacker) (int64, error) {
		row := packedRow{key: u.int(), number: u.nullInt()}
		u.text(&row.text)
		row.blob = slices.Clone(u.blob())
		rows = append(rows, row)
		return row.key, nil
	}}
	err = r.read(from, to)
	return rows, err
}

// TestRowsCrossPacked writes rows packed, reads them by SQLite's own columns and
// packed, whole and in part. It fails where a value, an order or an end is lost.
func TestRowsCrossPacked(t *testing.T) {
	db := plainFile(t)
	_, err := db.Exec(packedTable)
	must(t, err)
	rapid.Check(t, func(t *rapid.T) {
		_, err := db.Exec("DELETE FROM t")
		must(t, err)
		want := drawRows(t)
		_, err = db.Exec("INSERT INTO t SELECT c0, c1, c2, c3 FROM rows_of(?, 4)", packRows(want))
		must(t, err)
		rows, err := db.Query("SELECT k, n, s, b FROM t ORDER BY k")
		must(t, err)
		defer rows.Close()
		var plain []packedRow
		for rows.Next() {
			var r packedRow
			must(t, rows.Scan(&r.key, &r.number, &r.text, &r.blob))
			plain = append(plain, r)
		}
		must(t, rows.Err())
		same(t, "written packed", plain, want)
		rows.Close()
		got, err := readRows(db, math.MinInt64, math.MaxInt64)
		must(t, err)
		same(t, "read packed", got, want)
		from, to := rapid.Int64Range(0, 3200).Draw(t, "from"), rapid.Int64Range(0, 3200).Draw(t, "to")
		got, err = readRows(db, from, to)
		must(t, err)
		inside := slices.DeleteFunc(slices.Clone(want), func(r packedRow) bool { return r.key < from || r.key > to })
		same(t, fmt.Sprintf("read from %d to %d", from, to), got, inside)
	})
}

func same(t *rapid.T, what string, got, want []packedRow) {
	t.Helper()
	equal := func(a, b packedRow) bool {
		return a.key == b.key && a.number == b.number && a.text == b.text && bytes.Equal(a.blob, b.blob)
	}
	if !slices.EqualFunc(got, want, equal) {
		t.Fatalf("%s:\n%.2000v\nwant\n%.2000v", what, got, want)
	}
}

// FuzzRowsOf gives rows_of, and the reader in Go, any bytes. Neither may crash;
// what rows_of takes comes back as the same bytes, and all else is refused.
func FuzzRowsOf(f *testing.F) {
	good := packRows([]packedRow{{key: -1, text: "沿街悬挂", blob: []byte{0}}, {key: 7, number: sql.NullInt64{Int64: 9, Valid: true}}})
	f.Add(good, 4)
	f.Add(good, 3)
	f.Add(good[:len(good)-1], 4)
	f.Add([]byte{3, 255, 255, 255, 255}, 1)
	f.Add([]byte{}, 8)
	f.Add([]byte{5}, 9)
	f.Add([]byte{2}, 1)
	db := plainFile(f)
	f.Fuzz(func(t *testing.T, blob []byte, width int) {
		u := unpacker{buf: blob}
		for u.more() {
			var s string
			u.int()
			u.nullInt()
			u.text(&s)
			u.blob()
		}
		columns := strings.Join([]string{"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"}[:max(1, min(8, width))], ", ")
		var back []byte
		err := db.QueryRow("SELECT packed("+columns+") FROM rows_of(?, ?)", blob, width).Scan(&back)
		if err == nil && len(blob) < packedFull && !bytes.Equal(back, blob) {
			t.Errorf("%x of width %d comes back as %x", blob, width, back)
		}
		if err == nil && (width < 1 || width > 8) {
			t.Errorf("rows of width %d are taken", width)
		}
	})
}

// TestPackedRefusesColumns reads columns that hold what they never should: an
// error, no value.
func TestPackedRefusesColumns(t *testing.T) {
	db := plainFile(t)
	_, err := db.Exec("CREATE TABLE t (k INTEGER PRIMARY KEY, n, s, b)")
	must(t, err)
	for _, row := range []string{"1.5, '', x''", "'a', '', x''", "1, NULL, x''", "1, 3, x''", "1, '', 'a'", "1, '', 1.5"} {
		_, err := db.Exec("DELETE FROM t; INSERT INTO t VALUES (1, " + row + ")")
		must(t, err)
		if got, err := readRows(db, 0, 9); err == nil {
			t.Errorf("%s is read as %v", row, got)
		}
	}
}

// TestLedgerFileCannotCallPacked: a file that somebody else prepared gets nothing
// from the functions that the program brings.
func TestLedgerFileCannotCallPacked(t *testing.T) {
	db := plainFile(t)
	for _, view := range []string{"SELECT packed(1)", "SELECT c0 FROM rows_of(x'05', 1)"} {
		_, err := db.Exec("DROP VIEW IF EXISTS v; CREATE VIEW v AS " + view)
		must(t, err)
		if _, err := db.Exec("SELECT * FROM v"); err == nil || !strings.Contains(err.Error(), "unsafe use") {
			t.Errorf("%s in a view: %v", view, err)
		}
	}
}

// TestBulkLoadWritesTheSameRows appends the same records by packed rows and one by
// one, each in a transaction that is taken back, and compares every table.
func TestBulkLoadWritesTheSameRows(t *testing.T) {
	ctx := context.Background()
	home := t.TempDir()
	now := func() time.Time { return time.Date(2026, 11, 22, 16, 0, 0, 0, time.Local) }
	s, err := Create(ctx, filepath.Join(home, "ledger.db"), Options{Home: home, Now: now}, Office{District: "宁江区", Desk: "指挥部-01"})
	must(t, err)
	defer s.Close()
	units, err := s.Units(ctx)
	must(t, err)
	items, err := s.Items(ctx)
	must(t, err)
	rapid.Check(t, func(t *rapid.T) {
		var records []ledger.Record
		for range rapid.IntRange(0, 30).Draw(t, "records") {
			if rapid.IntRange(0, 5).Draw(t, "kind") == 0 {
				records = append(records, &ledger.Cases{At: now(), Count: rapid.Int64Range(0, 9).Draw(t, "count")})
				continue
			}
			p := &ledger.Publicity{Unit: units[0].ID, Item: items[rapid.IntRange(0, len(items)-1).Draw(t, "item")].ID,
				Day: ledger.DayOf(now()) - ledger.Day(rapid.IntRange(0, 400).Draw(t, "days")), Note: rapid.String().Draw(t, "note")}
			p.Quantity = ledger.Quantity{Value: rapid.Int64Range(1, ledger.MaxQuantity).Draw(t, "value"), Approx: ledger.Approx(rapid.IntRange(0, 3).Draw(t, "approx"))}
			records = append(records, p)
		}
		packed := contentAfter(t, s, func(tx *tx) error {
			l := loader{t: tx}
			for _, r := range records {
				if err := l.add(&ledger.Revision{Op: ledger.OpCreate, Author: "导入", Fields: r}); err != nil {
					return err
				}
			}
			return l.drain()
		})
		plain := contentAfter(t, s, func(tx *tx) error {
			for _, r := range records {
				if err := tx.Append(&ledger.Revision{Op: ledger.OpCreate, Author: "导入", Fields: r}); err != nil {
					return err
				}
			}
			return nil
		})
		if !slices.Equal(packed, plain) {
			t.Fatalf("packed rows\n%v\nplain rows\n%v", packed, plain)
		}
	})
}

// contentAfter is every row of the tables that entries move, after a change that
// is taken back.
func contentAfter(t *rapid.T, s *Store, change func(*tx) error) (rows []string) {
	err := s.write(context.Background(), func(tx *tx) error {
		if err := change(tx); err != nil {
			return err
		}
		if err := tx.finish(); err != nil {
			return err
		}
		for _, table := range []string{"revision", "desk", "publicity", "cases", "rollup", "alias"} {
			list, err := tableText(tx, table)
			if err != nil {
				return err
			}
			rows = append(rows, list...)
		}
		return errTakenBack
	})
	if !errors.Is(err, errTakenBack) {
		t.Fatal(err)
	}
	return rows
}

// tableText writes each row of a table with the type of every value.
func tableText(tx *tx, table string) (list []string, err error) {
	rows, err := tx.sql.QueryContext(tx.ctx, "SELECT * FROM "+table+" ORDER BY 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, to := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		to[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		list = append(list, fmt.Sprintf("%s %#v", table, values))
	}
	return list, rows.Err()
}
