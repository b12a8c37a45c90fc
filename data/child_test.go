package data_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/data"
)

// Some tests need another process on the ledger: the test binary itself, told by
// this variable what to do. Its arguments are the home and the ledger.
const childTask = "TAIZHANG_TEST_CHILD"

func TestMain(m *testing.M) {
	task := os.Getenv(childTask)
	if task == "" {
		os.Exit(m.Run())
	}
	if err := children[task](os.Args[1], os.Args[2]); err != nil {
		fmt.Println("fault", err)
		os.Exit(1)
	}
	os.Exit(0)
}

var children = map[string]func(home, path string) error{
	"load": func(home, path string) error { return childLoad(home, path, 1<<30) },
	"some": func(home, path string) error { return childLoad(home, path, 40) },
}

// childLoad records entries, one at a time and in batches, and says "saved ID"
// of each once the store says that it is durable.
func childLoad(home, path string, writes int) error {
	ctx := context.Background()
	s, err := data.Open(ctx, path, data.Options{Home: home})
	if err != nil {
		return err
	}
	defer s.Close()
	book := ledger.NewBook(s, func() string { return "另一进程" })
	units, err := s.Units(ctx)
	if err != nil {
		return err
	}
	items, err := s.Items(ctx)
	if err != nil {
		return err
	}
	for range writes {
		var batch []ledger.Record
		for range 1 + rand.IntN(3)/2*rand.IntN(80) {
			batch = append(batch, &ledger.Publicity{Unit: units[0].ID, Item: items[rand.IntN(len(items))].ID,
				Day: ledger.DayOf(time.Now()) - ledger.Day(rand.IntN(60)), Quantity: ledger.Quantity{Value: rand.Int64N(100) + 1}})
		}
		ids, err := childWrite(ctx, s, book, batch)
		if err != nil {
			return err
		}
		var said strings.Builder
		for _, id := range ids {
			fmt.Fprintf(&said, "saved %d\n", id)
		}
		os.Stdout.WriteString(said.String())
	}
	return nil
}

func childWrite(ctx context.Context, s *data.Store, book *ledger.Book, batch []ledger.Record) ([]ledger.ID, error) {
	switch {
	case len(batch) > 1:
		return s.Append(ctx, batch, "导入", nil)
	case rand.IntN(4) > 0:
		return book.RecordAll(ctx, batch)
	}
	// A correction is saved by another revision of the same record.
	ids, err := book.RecordAll(ctx, batch)
	if err != nil {
		return nil, err
	}
	next := *batch[0].(*ledger.Publicity)
	next.Quantity.Value += 1000
	return ids, book.Correct(ctx, ids[0], &next, "数错")
}

// child is another process at work on a desk's ledger.
type child struct {
	cmd   *exec.Cmd
	out   io.ReadCloser
	done  chan struct{} // closed when it has ended
	wrote chan struct{} // closed when it has said its first word
	saved []ledger.ID   // read these after done
	said  []string
}

// begun waits until the process has written something.
func (c *child) begun() {
	select {
	case <-c.wrote:
	case <-c.done:
	}
}

func (d *desk) startChild(task string) *child {
	d.t.Helper()
	c, err := d.launch(task, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d *desk) launch(task string, how *syscall.SysProcAttr) (*child, error) {
	c := &child{cmd: exec.Command(os.Args[0], d.home, d.path), done: make(chan struct{}), wrote: make(chan struct{})}
	c.cmd.Env = append(os.Environ(), childTask+"="+task)
	c.cmd.SysProcAttr = how
	var err error
	if c.out, err = c.cmd.StdoutPipe(); err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	go c.listen()
	return c, nil
}

func (c *child) listen() {
	defer close(c.done)
	lines := bufio.NewReader(c.out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return // what a killed process did not finish saying was not said
		}
		if len(c.saved)+len(c.said) == 0 {
			close(c.wrote)
		}
		var id ledger.ID
		if _, err := fmt.Sscanf(line, "saved %d", &id); err == nil {
			c.saved = append(c.saved, id)
		} else {
			c.said = append(c.said, line)
		}
	}
}

// end waits for the process and returns what it saved.
func (c *child) end() ([]ledger.ID, error) {
	<-c.done
	err := c.cmd.Wait()
	if len(c.said) > 0 {
		return c.saved, fmt.Errorf("%s", strings.Join(c.said, ""))
	}
	return c.saved, err
}

// wantThere checks that every entry is in the ledger.
func (d *desk) wantThere(ids []ledger.ID) {
	d.t.Helper()
	for from := 0; from < len(ids); from += 1000 {
		part := ids[from:min(from+1000, len(ids))]
		rows, err := d.store.PublicityRows(context.Background(), part)
		if err != nil {
			d.t.Fatal(err)
		}
		if len(rows) != len(part) {
			d.t.Fatalf("%d entries that were said to be saved are not there", len(part)-len(rows))
		}
	}
}

// TestKilledProcessLosesNothing kills a process 50 times while it writes, at
// random moments. What it said was saved must be there, and
// the ledger whole.
func TestKilledProcessLosesNothing(t *testing.T) {
	d := newDesk(t)
	d.store.Close()
	saved := 0
	for round := range 50 {
		c := d.startChild("load")
		if round%5 > 0 {
			c.begun() // a fifth is killed while it opens, the rest while it writes
		}
		time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond)
		if err := c.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		ids, err := c.end()
		if err == nil || len(c.said) > 0 {
			t.Fatalf("round %d: the process was to be killed, it ended with %v", round, err)
		}
		d.reopen()
		d.wantThere(ids)
		d.verify()
		d.store.Close()
		saved += len(ids)
	}
	t.Logf("%d entries saved by 50 killed processes", saved)
	if saved < 50 {
		t.Fatalf("50 processes saved only %d entries before they were killed", saved)
	}
}

func (d *desk) reopen() {
	d.t.Helper()
	s, err := data.Open(context.Background(), d.path, d.options())
	if err != nil {
		d.t.Fatal(err)
	}
	d.use(s)
}

// TestProcessesShareALedger lets processes and goroutines of this one write the
// same chain at once: every revision has its own number, without gaps.
func TestProcessesShareALedger(t *testing.T) {
	d := newDesk(t)
	d.now = time.Now()
	children := []*child{d.startChild("some"), d.startChild("some")}
	second, err := data.Open(context.Background(), d.path, d.options())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	entry := d.entry("电子屏", "3", 0)
	var all []ledger.ID
	for i := range 40 {
		book := d.book
		if i%2 == 0 {
			book = ledger.NewBook(second, func() string { return "李四" })
		}
		id, err := book.Record(context.Background(), entry)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, id)
	}
	for _, c := range children {
		ids, err := c.end()
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) < 40 {
			t.Fatalf("a process saved %d entries, want 40 writes", len(ids))
		}
		all = append(all, ids...)
	}
	seen := map[ledger.ID]bool{}
	for _, id := range all {
		if seen[id] || id.Desk() != all[0].Desk() {
			t.Fatalf("%d was given twice, or on another chain", id)
		}
		seen[id] = true
	}
	d.wantThere(all)
	if r := d.verify(); r.Entries != int64(len(all)) {
		t.Fatalf("%d entries, want %d", r.Entries, len(all))
	}
}
