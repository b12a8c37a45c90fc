package ui

import (
	"context"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// report is a text that is to be taken in, and where it came from.
type report struct {
	file string // its path; "" for what was pasted
	text string
	hash [sha256.Size]byte // of the file, or of the pasted text
}

// source is how the ledger names where the report came from.
func (r report) source() string {
	if r.file == "" {
		return ""
	}
	return filepath.Base(r.file)
}

// load reads the file of a report and makes its hash.
func (r *report) load() (err error) {
	if r.file == "" {
		r.hash = sha256.Sum256([]byte(r.text))
		return nil
	}
	if r.text, err = intake.ReadFile(r.file); err != nil {
		return err
	}
	f, err := os.Open(r.file)
	if err != nil {
		return ledger.Refuse(ledger.CodeIntakeMissing, "path", r.file).Because(err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, io.LimitReader(f, intake.MaxFile)); err != nil {
		return ledger.Refuse(ledger.CodeIntakeMissing, "path", r.file).Because(err)
	}
	copy(r.hash[:], sum.Sum(nil))
	return nil
}

// accept takes a report onto the page, once the person agrees to lose what is there.
func (p *intakeScreen) accept(r report) {
	again := r.text == p.report.text && p.report.file == "" && p.toTake() > 0
	if r.file == "" && (again || strings.TrimSpace(r.text) == "") {
		p.focus()
		return
	}
	p.unlessLost(func() { p.start(r) })
}

// start reads a report aside: its text, what it counts, and whether it was taken in
// before.
func (p *intakeScreen) start(r report) {
	p.clear()
	p.busy.begin()
	var dir *directory
	var names intake.Names
	var rows []*intakeRow
	var known []ledger.Row[ledger.Batch]
	var err error
	var book bool
	p.load(func(ctx context.Context) {
		if book = r.file != "" && intake.IsWorkbook(r.file); book {
			return
		}
		if err = r.load(); err != nil {
			return
		}
		if dir, err = readDirectory(ctx, p.s.Reader); err != nil {
			return
		}
		if known, err = p.s.Reader.Batches(ctx, ledger.BatchFilter{Hash: r.hash[:]}); err != nil {
			return
		}
		names = dir.intakeNames()
		rows = found(r.text, names, p.today())
	}, func() {
		p.busy.end()
		if book {
			p.openBook(r.file)
			return
		}
		if err != nil {
			p.unread(r, err)
			return
		}
		p.report, p.dir, p.names, p.rows, p.known, p.units = r, dir, names, rows, known, unitsNamed(rows)
		p.lastUnit()
		p.settle()
		p.showState()
		p.markAlike()
		p.focus()
	})
}

// unitsNamed counts the units that rows name. Where it is one, the title's, there is
// no doubt which one a row means.
func unitsNamed(rows []*intakeRow) int {
	seen := map[ledger.ID]bool{}
	for _, row := range rows {
		if row.Unit != 0 {
			seen[row.Unit] = true
		}
	}
	return len(seen)
}

// unread gives back what could not be read.
func (p *intakeScreen) unread(r report, err error) {
	if r.file == "" {
		p.typed.SetText(r.text)
	}
	p.showState()
	p.say(words.Sentence(err))
	p.focus()
}

// lastUnit fills in the unit that was entered last, unless another is there.
func (p *intakeScreen) lastUnit() {
	id := p.unit.id()
	if id == 0 {
		id = ledger.ID(p.s.Settings.Get().Unit)
	}
	if u, ok := p.dir.unit[id]; ok && !u.Voided {
		p.unit.set(p.dir.chosenUnit(id))
		p.filled = true
	}
}

// unitStated takes the unit at the top as what a person says of this report.
func (p *intakeScreen) unitStated() {
	p.filled = false
	p.defaulted()
}

// readDay is the day at the top of the page, today while there is none.
func (p *intakeScreen) readDay() (ledger.Day, error) {
	if text := strings.TrimSpace(p.day.Text); text != "" {
		return ledger.ParseDay(text, p.today())
	}
	return p.today(), nil
}

// defaulted shows the rows with the unit and day that now stand at the top.
func (p *intakeScreen) defaulted() {
	if len(p.rows) > 0 {
		p.say("")
		p.showRows()
		p.markAlike()
	}
}

// markAlike finds entries that say the same as a row. Such a row is not taken
// unless a person takes it.
func (p *intakeScreen) markAlike() {
	t, err := p.terms()
	if err != nil || len(p.known) > 0 {
		return
	}
	var list []ledger.Publicity
	var of []*intakeRow
	for _, row := range p.rows {
		if unit := t.UnitOf(row.Row); row.Ledger == intake.Publicity && row.Item != 0 && unit != 0 && row.batch == 0 {
			list, of = append(list, ledger.Publicity{Unit: unit, Item: row.Item, Day: t.DayOf(row.Row), Quantity: row.Quantity}), append(of, row)
		}
	}
	var found []ledger.ID
	p.alike(func(ctx context.Context) { found, err = p.s.Reader.Alike(ctx, list) }, func() {
		if err != nil {
			p.s.Refuse(err)
			return
		}
		for i, row := range of {
			if found[i] != 0 && row.alike == 0 {
				row.taken = false
			}
			row.alike = found[i]
		}
		markTwice(list, of)
		p.showRows()
	})
}

// countedBy is what two entries have alike that count the same: whose, what, when and
// how much, however it was written.
func countedBy(e ledger.Publicity) ledger.Publicity {
	return ledger.Publicity{Unit: e.Unit, Item: e.Item, Day: e.Day, Quantity: ledger.Quantity{Value: e.Quantity.Value}}
}

// markTwice finds what a report says a second time, as a summary repeats its parts.
func markTwice(list []ledger.Publicity, of []*intakeRow) {
	seen := map[ledger.Publicity]bool{}
	for i, entry := range list {
		key := countedBy(entry)
		twice := seen[key]
		if twice && !of[i].twice {
			of[i].taken = false
		}
		of[i].twice, seen[key] = twice, true
	}
}

// anyway proposes the rows of a report that was taken in before.
func (p *intakeScreen) anyway() {
	p.known = nil
	p.showState()
	p.markAlike()
	p.focus()
}

// showKnown opens what an earlier batch of the same report brought.
func (p *intakeScreen) showKnown() { showBatch(p.s, p.known[0]) }
