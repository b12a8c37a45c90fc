package data_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/data"
)

// kills is how many processes each of the tests below kills.
const kills = 50

// The second place that a child which carries bundles needs: what it merges, or
// the folder it writes to.
const childPlace = "TAIZHANG_TEST_PLACE"

func init() {
	children["merge"] = childMerge
	children["export"] = childExport
}

func childExchange(home, path string) (*handoff.Exchange, *data.Store, error) {
	s, err := data.Open(context.Background(), path, data.Options{Home: home})
	if err != nil {
		return nil, nil, err
	}
	fmt.Println("begun")
	return &handoff.Exchange{Ledger: s, Home: home, Now: time.Now}, s, nil
}

func childMerge(home, path string) error {
	x, s, err := childExchange(home, path)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = x.Merge(context.Background(), handoff.Merge{Path: os.Getenv(childPlace)})
	if status, readErr := os.ReadFile("/proc/self/status"); readErr == nil {
		_, peak, _ := strings.Cut(string(status), "VmHWM:")
		fmt.Println("peak", strings.Fields(peak)[0]) // in kB, for the benchmark
	}
	return err
}

func childExport(home, path string) error {
	x, s, err := childExchange(home, path)
	if err != nil {
		return err
	}
	defer s.Close()
	peers, err := s.Peers(context.Background())
	if err != nil {
		return err
	}
	_, err = x.Export(context.Background(), handoff.Export{To: peers, SinceStart: true, Path: os.Getenv(childPlace)})
	return err
}

// carried makes a township with a bundle that takes a while, for a district.
func carried(t *testing.T) (town, district *office, bundle string) {
	town, district = newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	batch := make([]ledger.Record, 20_000)
	for i := range batch {
		batch[i] = town.entry("网络信息", fmt.Sprint(i%5000+1), 0)
		batch[i].(*ledger.Publicity).Day -= ledger.Day(i % 90)
	}
	if _, err := town.store.Append(context.Background(), batch, "导入", nil); err != nil {
		t.Fatal(err)
	}
	return town, district, town.export(t.TempDir(), district, 0, true)
}

// takes is how long a child needs for its task when nobody kills it.
func (o *office) takes(task, place string) time.Duration {
	o.t.Helper()
	if err := os.Setenv(childPlace, place); err != nil {
		o.t.Fatal(err)
	}
	c := o.startChild(task)
	c.begun()
	start := time.Now()
	<-c.done
	_, _ = c.end()
	if !c.cmd.ProcessState.Success() {
		o.t.Fatal(c.said)
	}
	return time.Since(start)
}

// copied is the office's closed ledger again, in a home of its own.
func (o *office) copied(t testing.TB) *office {
	t.Helper()
	home := t.TempDir()
	if err := os.CopyFS(home, os.DirFS(o.home)); err != nil {
		t.Fatal(err)
	}
	return &office{desk: &desk{t: t, home: home, path: filepath.Join(home, "ledger.db"), now: o.now, items: map[string]ledger.ID{}}}
}

// killed runs a child that is killed at a random moment within span, and reports
// whether it had ended by itself before.
func (o *office) killed(task, place string, span time.Duration) (ended bool) {
	o.t.Helper()
	if err := os.Setenv(childPlace, place); err != nil {
		o.t.Fatal(err)
	}
	c := o.startChild(task)
	c.begun()
	time.Sleep(time.Duration(rand.Int64N(int64(span))))
	_ = c.cmd.Process.Kill() // it may have ended
	_, _ = c.end()
	for _, line := range c.said {
		if strings.HasPrefix(line, "fault") {
			o.t.Fatal(line)
		}
	}
	return c.cmd.ProcessState.Success()
}

// TestKilledMergeIsWholeOrNot kills a process 50 times while it merges.
func TestKilledMergeIsWholeOrNot(t *testing.T) {
	town, district, bundle := carried(t)
	before, all := len(district.revisions()), len(town.revisions())+len(district.revisions())-catalogueRevisions
	if err := district.store.Close(); err != nil {
		t.Fatal(err)
	}
	span, none := district.copied(t).takes("merge", bundle), 0
	for range kills {
		o := district.copied(t)
		ended := o.killed("merge", bundle, span)
		o.reopen()
		switch n := len(o.revisions()); {
		case n == before && !ended:
			none++
		case n != all:
			t.Fatalf("%d revisions after the kill: neither the %d before nor the %d after the merge", n, before, all)
		}
		o.verify()
		o.store.Close()
		os.RemoveAll(o.home)
	}
	t.Logf("%d of %d killed merges left nothing, the others everything", none, kills)
	if none == 0 {
		t.Fatal("no merge was killed before its end")
	}
}

// TestKilledExportIsWholeOrNot kills a process 50 times while it writes to a
// stick: there is the whole bundle or none, and what is left over is cleaned.
func TestKilledExportIsWholeOrNot(t *testing.T) {
	town, district, _ := carried(t)
	if err := town.store.Close(); err != nil {
		t.Fatal(err)
	}
	span, none, parts := town.copied(t).takes("export", t.TempDir()), 0, 0
	for range kills {
		o, stick := town.copied(t), t.TempDir()
		o.killed("export", stick, span)
		if whole := district.bundlesIn(stick); whole == 0 {
			none++
		}
		parts += leftOver(t, stick)
		o.reopen()
		o.verify()
		o.store.Close()
		os.RemoveAll(o.home)
	}
	t.Logf("%d of %d killed exports left no bundle, %d a part that was cleaned", none, kills, parts)
	if none == 0 || parts == 0 {
		t.Fatal("no export was killed while it wrote")
	}
}

// bundlesIn counts the bundles on a stick and reads every one of them whole.
func (o *office) bundlesIn(stick string) int {
	o.t.Helper()
	found, err := filepath.Glob(filepath.Join(stick, "*.tzb"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, path := range found {
		b, err := o.x.Open(path, "")
		if err == nil {
			err = b.CheckWhole(context.Background())
		}
		if err == nil {
			err = b.Read(context.Background(), func(*ledger.Revision) error { return nil })
			b.Close()
		}
		if err != nil {
			o.t.Fatalf("%s: %v", path, err)
		}
	}
	return len(found)
}

// leftOver counts what a killed process left unfinished, and cleans it as the
// program does a minute later.
func leftOver(t *testing.T, stick string) int {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(stick, "*.part"))
	if err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour)
	for _, path := range parts {
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if removed, err := handoff.CleanParts(stick); err != nil || len(removed) != len(parts) {
		t.Fatalf("%d unfinished files, %d cleaned, %v", len(parts), len(removed), err)
	}
	return len(parts)
}

// catalogueRevisions are in every ledger.
const catalogueRevisions = 22
