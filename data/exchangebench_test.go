package data_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// sending is a township full of entries and the district that they go to.
type sending struct {
	town, district *office
	revisions      int
	appending      time.Duration // that it took to append them in bulk
}

func newSending(b *testing.B, n int) *sending {
	b.Helper()
	town, district := newOffice(b, "宁江区", "临江街道", "临江-01"), newOffice(b, "宁江区", "", "指挥部-01")
	pair(b, town, district)
	root := town.unit("宁江区")
	for i := range benchUnits - 1 {
		town.record(&ledger.Unit{Name: fmt.Sprintf("社区%02d", i+1), Parent: root})
	}
	s := &sending{town: town, district: district}
	s.appending = fill(b, town.desk, n)
	s.revisions = len(town.revisions()) - catalogueRevisions
	return s
}

func timed(work func()) time.Duration {
	start := time.Now()
	work()
	return time.Since(start)
}

// BenchmarkHandoff measures bundles of 100,000 and of a tenth of
// TAIZHANG_BENCH_ENTRIES revisions. The baselines are a bulk append of the same
// rows, the first merge, gzip-ed JSON lines of the same revisions, and git.
func BenchmarkHandoff(b *testing.B) {
	n := benchEntries(b) / 10
	small := newSending(b, n/10)
	var bundle string
	whole := timed(func() {
		bundle = small.town.export(b.TempDir(), small.district, 0, true)
		small.district.merge(bundle)
		small.district.figures()
	})
	score(fmt.Sprintf("export, merge and overview, %s revisions", ledger.GroupDigits(int64(small.revisions))), ms(whole), "< 5 s", whole < 5*time.Second)
	benchAgain(b, n)
	benchGit(b, n/2)
	benchPeak(b, n)
}

// benchAgain merges a bundle and then the same once more.
func benchAgain(b *testing.B, n int) {
	s := newSending(b, n)
	var bundle string
	export := timed(func() { bundle = s.town.export(b.TempDir(), s.district, 0, true) })
	merge := timed(func() { s.district.merge(bundle) })
	b.Logf("%d revisions: appended in %v, exported in %v, merged in %v", s.revisions, s.appending, export, merge)
	ratio := float64(s.appending) / float64(merge)
	score("merge against bulk append of the same rows", fmt.Sprintf("%.2f × (%.0f revisions/s)", ratio, float64(s.revisions)/merge.Seconds()),
		"≥ 0.6 ×", ratio >= 0.6)
	again := timed(func() { s.district.merge(bundle) })
	ratio = float64(merge) / float64(again)
	score("the same bundle again against its first merge", fmt.Sprintf("1/%.0f (%s)", ratio, ms(again)), "< 1/100", ratio > 100)
	info, err := os.Stat(bundle)
	if err != nil {
		b.Fatal(err)
	}
	ours, theirs := float64(info.Size())/float64(s.revisions), float64(s.gzipped(b))/float64(s.revisions)
	score("bytes a revision against gzip-ed JSON lines", fmt.Sprintf("%.2f × (%.1f, %.1f)", ours/theirs, ours, theirs), "≤ 0.5 ×", ours <= theirs/2)
}

// lines writes the town's revisions as JSON lines, one by one to the writer that
// out picks for its day.
func (s *sending) lines(b *testing.B, out func(ledger.Day) io.Writer) {
	b.Helper()
	ctx := context.Background()
	keys, err := s.town.x.Keys(ctx)
	if err != nil {
		b.Fatal(err)
	}
	o, err := s.town.store.Outgoing(ctx, handoff.OutgoingOptions{SinceStart: true, Keys: keys})
	if err != nil {
		b.Fatal(err)
	}
	defer o.Close()
	err = o.Each(ctx, func(r *ledger.Revision) error {
		day := ledger.Day(0)
		if p, ok := r.Fields.(*ledger.Publicity); ok {
			day = p.Day
		}
		line, err := json.Marshal(map[string]any{"desk": "3f9a2c1d", "seq": r.ID.Seq(), "record": r.Record.Seq(), "op": r.Op,
			"clock": r.Clock, "author": r.Author, "reason": r.Reason, "base": r.Base, "fields": r.Fields})
		if err == nil {
			_, err = out(day).Write(append(line, '\n'))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (s *sending) gzipped(b *testing.B) int64 {
	var size countingWriter
	z := gzip.NewWriter(&size)
	s.lines(b, func(ledger.Day) io.Writer { return z })
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return int64(size)
}

type countingWriter int64

func (c *countingWriter) Write(p []byte) (int, error) {
	*c += countingWriter(len(p))
	return len(p), nil
}

// benchGit sends the same revisions as a text repository: a file of JSON lines
// for each day, one commit, as a bundle that the other side pulls from. git
// builds no figures on receiving.
func benchGit(b *testing.B, n int) {
	if _, err := exec.LookPath("git"); err != nil {
		b.Log("there is no git to compare with")
		return
	}
	s := newSending(b, n)
	repository, clone, file := b.TempDir(), b.TempDir(), filepath.Join(b.TempDir(), "rows.bundle")
	s.textFiles(b, repository)
	git(b, repository, "init", "-q", "-b", "main")
	git(b, repository, "add", ".")
	git(b, repository, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "rows")
	git(b, clone, "init", "-q", "-b", "main")
	theirs := timed(func() {
		git(b, repository, "bundle", "create", "-q", file, "main")
		git(b, clone, "pull", "-q", file, "main")
	})
	var bundle string
	ours := timed(func() {
		bundle = s.town.export(b.TempDir(), s.district, 0, true)
		s.district.merge(bundle)
	})
	ratio := float64(theirs) / float64(ours)
	score(fmt.Sprintf("export and merge against git bundle and pull, %s revisions", ledger.GroupDigits(int64(s.revisions))),
		fmt.Sprintf("%.1f × (%s, %s)", ratio, ms(ours), ms(theirs)), "≥ 4 ×", ratio >= 4)
	size := float64(fileSize(b, bundle)) / float64(fileSize(b, file))
	score("… and its size", fmt.Sprintf("%.2f ×", size), "≤ 0.5 ×", size <= 0.5)
}

func fileSize(b *testing.B, path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

func git(b *testing.B, folder string, args ...string) {
	b.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (s *sending) textFiles(b *testing.B, folder string) {
	b.Helper()
	files := map[ledger.Day]*bufio.Writer{}
	s.lines(b, func(day ledger.Day) io.Writer {
		if files[day] == nil {
			f, err := os.Create(filepath.Join(folder, day.String()+".jsonl"))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { f.Close() })
			files[day] = bufio.NewWriter(f)
		}
		return files[day]
	})
	for _, w := range files {
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
}

// benchPeak merges a bundle of n/10 and one of n revisions, each in a process of
// its own.
func benchPeak(b *testing.B, n int) {
	peak := func(n int) float64 {
		s := newSending(b, n)
		bundle := s.town.export(b.TempDir(), s.district, 0, true)
		if err := s.district.store.Close(); err != nil {
			b.Fatal(err)
		}
		if err := os.Setenv(childPlace, bundle); err != nil {
			b.Fatal(err)
		}
		c := s.district.startChild("merge")
		if _, err := c.end(); !c.cmd.ProcessState.Success() {
			b.Fatal(err)
		}
		for _, line := range c.said {
			var kb float64
			if _, err := fmt.Sscanf(line, "peak %f", &kb); err == nil {
				return kb / 1024
			}
		}
		b.Skip("this system does not tell a process's peak memory")
		return 0
	}
	few, many := peak(n/10), peak(n)
	score(fmt.Sprintf("peak memory of a merge, %s against %s revisions", ledger.GroupDigits(int64(n)), ledger.GroupDigits(int64(n/10))),
		fmt.Sprintf("%.2f × (%.0f MB, %.0f MB)", many/few, many, few), "≤ 1.3 ×", many/few <= 1.3)
}
