package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// historyWide is the width of the history panel.
const historyWide float32 = 304

const (
	historyLane  float32 = 10 // kept free for the scroll bar, which lies over the content
	historyInner         = historyWide - 2*look.Gap - historyLane
)

// historyPanel shows how a record came to be what it is: every revision, oldest
// first, with who wrote it, when, at which desk, what it changed and why. All
// ledgers use it beside their rows.
type historyPanel struct {
	s     *Session
	root  *fyne.Container
	title *look.Label
	list  *fyne.Container
	roll  *container.Scroll
	load  func(work func(ctx context.Context), done func())

	record   ledger.ID // shown, 0 for none
	asked    time.Time // when a history was last asked for
	onClosed func()    // the close button was pressed; nil takes the button away
}

func newHistoryPanel(s *Session) *historyPanel {
	h := &historyPanel{s: s, load: s.Tasks.Latest()}
	h.title = look.Text("", look.SizeBody, true, look.ColourText).Truncated()
	h.list = newColumn(historyInner, look.Unit+look.Half)
	h.roll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, historyLane), h.list))
	shut := withTip(s, look.NewIconButton(theme.CancelIcon(), words.T("history.close"), h.closed), words.T("history.close.tip"))
	head := container.NewBorder(nil, nil, nil, shut, h.title)
	body := container.NewBorder(head, nil, nil, nil, h.roll)
	h.root = container.New(fixedWide{historyWide}, look.Card(body))
	return h
}

func (h *historyPanel) content() fyneObject { return h.root }

func (h *historyPanel) closed() {
	h.root.Hide()
	if h.onClosed != nil {
		h.onClosed()
	}
}

// show reads a record's history and shows it; 0 empties the panel.
func (h *historyPanel) show(record ledger.ID) {
	if record == 0 {
		h.load(func(context.Context) {}, func() {})
		h.record = 0
		h.fill("", nil)
		return
	}
	var revisions []ledger.Revision
	var dir *directory
	var origins map[ledger.ID]handoff.Origin
	var batch []ledger.Row[ledger.Batch]
	var text string
	var err error
	pause := h.pause()
	h.load(func(ctx context.Context) {
		if !rested(ctx, pause) {
			return
		}
		text = h.s.Reader.IDText(record)
		if revisions, err = h.s.Reader.History(ctx, record); err == nil {
			dir, err = readDirectory(ctx, h.s.Reader)
		}
		if err == nil {
			origins, err = readOrigins(ctx, h.s, revisions)
		}
		if err == nil {
			batch, err = h.s.Reader.Batches(ctx, ledger.BatchFilter{Record: record, Voided: true})
		}
	}, func() {
		if err != nil {
			h.fill(text, []fyne.CanvasObject{newParagraph(words.Sentence(err), look.SizeBody, look.ColourRedText)})
			return
		}
		same := h.record == record
		h.record = record
		h.fill(text, h.blocks(dir, revisions, origins, batch))
		if !same {
			h.roll.ScrollToTop()
		}
	})
}

// historyRest is how long the cursor stays on a row before its history is read,
// when it has just come from another row: with a key held down, rows fly by that
// nobody reads.
const historyRest = 120 * time.Millisecond

// pause returns how long to wait before reading: nothing for a single step.
func (h *historyPanel) pause() time.Duration {
	before := h.asked
	h.asked = time.Now()
	if h.s.Tasks.Inline || h.asked.Sub(before) > 2*historyRest {
		return 0
	}
	return historyRest
}

// rested waits; false when the work was cancelled meanwhile.
func rested(ctx context.Context, pause time.Duration) bool {
	if pause == 0 {
		return true
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}

// refresh reads the record shown again, after something was written.
func (h *historyPanel) refresh() {
	if h.record != 0 && h.root.Visible() {
		h.show(h.record)
	}
}

func (h *historyPanel) fill(record string, blocks []fyne.CanvasObject) {
	h.title.SetText(words.T("history.title", "record", record))
	h.list.Objects = blocks
	h.list.Refresh()
	h.roll.Refresh()
}

func (h *historyPanel) blocks(dir *directory, revisions []ledger.Revision,
	origins map[ledger.ID]handoff.Origin, batch []ledger.Row[ledger.Batch]) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i := range revisions {
		if i > 0 {
			out = append(out, container.New(ruleLayout{}, look.NewSurface(look.ColourLine, "", 0)))
		}
		block := h.block(dir, baseOf(revisions[:i], &revisions[i]), &revisions[i], origins[revisions[i].ID])
		if i == 0 && len(batch) > 0 {
			block.Add(h.batch(batch[0]))
		}
		out = append(out, block)
	}
	return out
}

// baseOf is what a revision changed: the newest of those its author saw, which need
// not be the one before it when two desks wrote at the same time; nil for the first.
func baseOf(earlier []ledger.Revision, r *ledger.Revision) *ledger.Revision {
	for i := len(earlier) - 1; i >= 0; i-- {
		if slices.Contains(r.Base, earlier[i].ID) {
			return &earlier[i]
		}
	}
	return nil
}

// block is one revision.
func (h *historyPanel) block(dir *directory, before, r *ledger.Revision, came handoff.Origin) *fyne.Container {
	state, word := revisionWord(before, r)
	head := container.NewBorder(nil, nil, look.NewBadge(state, word), nil,
		look.Quiet(h.moment(r.Clock.Time())).Aligned(fyne.TextAlignTrailing))
	parts := []fyne.CanvasObject{head, newParagraph(words.T("history.who", "author", r.Author,
		"desk", dir.deskName(r.ID.Desk())), look.SizeSmall, look.ColourQuiet)}
	if text := originText(h.s, came); text != "" {
		parts = append(parts, newParagraph(text, look.SizeSmall, look.ColourQuiet))
	}
	for _, c := range changes(h.describer(dir), before, r) {
		parts = append(parts, c.object())
	}
	if r.Reason != "" {
		parts = append(parts, change{label: words.T("history.reason"), now: r.Reason}.object())
	}
	return newColumn(historyInner, look.Half, parts...)
}

// batch says from what source a record was taken in, and with how many others; the
// others and its text are one step away.
func (h *historyPanel) batch(row ledger.Row[ledger.Batch]) fyneObject {
	key := "history.batch"
	if row.Voided {
		key = "history.batch.voided"
	}
	said := newParagraph(words.T(key, "source", words.Source(row.Value.Source), "n", row.Value.Count), look.SizeSmall, look.ColourQuiet)
	buttons := container.New(layout.NewRowWrapLayoutWithCustomPadding(0, 0),
		look.NewButton(words.T("history.batch.open"), nil, look.Plain, func() { showBatch(h.s, row) }))
	if row.Value.Text != "" {
		buttons.Add(look.NewButton(words.T("history.batch.show"), nil, look.Plain, func() { showSource(h.s, row) }))
	}
	if !row.Voided {
		buttons.Add(look.NewButton(words.T("history.batch.undo"), nil, look.Plain, func() { askVoidBatch(h.s, row) }))
	}
	return newColumn(historyInner, look.Half, said, buttons)
}

// revisionWord says what a revision did: a correction of a voided record brings
// it back, and what is based on several statements has chosen between them.
func revisionWord(before, r *ledger.Revision) (look.State, string) {
	switch {
	case r.Op == ledger.OpVoid:
		return look.Bad, words.Op(r.Op)
	case before != nil && before.Op == ledger.OpVoid:
		return look.Good, words.T("history.restored")
	case len(r.Base) > 1:
		return look.Info, words.T("history.chosen")
	case r.Op == ledger.OpCorrect:
		return look.Warn, words.Op(r.Op)
	}
	return look.Good, words.Op(r.Op)
}

// moment writes a time in the clock of this desk.
func (h *historyPanel) moment(t time.Time) string {
	return t.In(h.s.Now().Location()).Format("2006-01-02 15:04:05")
}

func (h *historyPanel) describer(dir *directory) describer {
	return describer{dir: dir, id: h.s.Reader.IDText, loc: h.s.Now().Location()}
}

// change is one field as a revision left it. was is "" where there is nothing to
// compare with.
type change struct {
	label, was, now string
	changed         bool
}

// object is the label at the left and, beside it, the value or old → new.
func (c change) object() fyneObject {
	text, ink := c.now, look.ColourText
	if c.changed {
		text = words.T("history.changed", "was", orDash(c.was), "now", orDash(c.now))
	}
	value := newParagraph(text, look.SizeBody, ink)
	value.bold = c.changed
	return container.New(labelValue{}, look.Text(c.label, look.SizeSmall, false, look.ColourQuiet).Truncated(), value)
}

func orDash(s string) string {
	if s == "" {
		return noValue
	}
	return s
}

// changes are the fields that a revision set: all that say something for the
// first one, only those that differ afterwards.
func changes(d describer, before, r *ledger.Revision) []change {
	now := d.fields(r.Fields)
	var list []change
	if before == nil {
		for _, f := range now {
			if f.value != "" {
				list = append(list, change{label: f.label, now: f.value})
			}
		}
		return list
	}
	was := d.fields(before.Fields)
	for i, f := range now {
		if i < len(was) && was[i].value != f.value {
			list = append(list, change{label: f.label, was: was[i].value, now: f.value, changed: true})
		}
	}
	return list
}

// columnLayout is objects below each other at one width, each as high as its
// text needs at that width. A layout of its own for each container: it remembers
// the width, without which nobody knows the height.
type columnLayout struct {
	least, gap float32
	wide       float32 // as laid out last, 0 before
}

// newColumn is a column that is least wide or wider.
func newColumn(least, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{least: least, gap: gap}, objects...)
}

func (c *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.least, c.flow(objects, max(c.wide, c.least)))
}

func (c *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.wide = max(size.Width, c.least)
	c.flow(objects, c.wide)
}

// flow places the objects and gives the height of them all. Only at its width
// does a paragraph know its height.
func (c *columnLayout) flow(objects []fyne.CanvasObject, wide float32) float32 {
	y := float32(0)
	for _, o := range objects {
		o.Resize(fyne.NewSize(wide, o.Size().Height))
		high := o.MinSize().Height
		o.Resize(fyne.NewSize(wide, high))
		o.Move(fyne.NewPos(0, y))
		y += high + c.gap
	}
	return max(0, y-c.gap)
}

// ruleLayout is the height of a thin line.
type ruleLayout struct{}

func (ruleLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, look.Rule) }

func (ruleLayout) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// labelWide is the width of labels in the panel: as factLabel in small letters.
func labelWide() float32 {
	if words.Current() == words.English {
		return 84
	}
	return 64
}

// labelValue is a label and a value that may break into lines.
type labelValue struct{}

func (labelValue) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(labelWide()*2, o[1].MinSize().Height)
}

func (labelValue) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := labelWide()
	o[0].Resize(fyne.NewSize(wide-look.Half, 21))
	o[1].Move(fyne.NewPos(wide, 0))
	o[1].Resize(fyne.NewSize(size.Width-wide, size.Height))
}

// fixedWide gives its one object a width of its own and whatever height there is.
type fixedWide struct{ wide float32 }

func (f fixedWide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.wide, look.RowHigh)
}

func (fixedWide) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// withTip gives o a tooltip, where there is a window to show it in.
func withTip(s *Session, o fyneObject, text string) fyneObject {
	if s.tips == nil {
		return o
	}
	return s.tips.tipped(o, text)
}
