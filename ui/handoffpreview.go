package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// planSide is the width of the column that says what a bundle would bring.
const planSide = 472

// mergePage lies over the sticks while a bundle is looked at: what it would
// bring, the questions about desks never met, and the merge itself.
type mergePage struct {
	sc         *handoffScreen
	s          *Session
	path       string
	passphrase string

	plan    *handoff.Plan
	outcome *handoff.Outcome // once merged
	err     error            // of the last work
	undone  bool
	ticked  map[string]bool // fingerprints that a person has compared

	lines  *planLines
	side   *fyne.Container
	roll   *container.Scroll
	foot   *fyne.Container
	work   *handoffWork
	merge  *keyButton
	ticks  []*tick
	stage  *fyne.Container
	box    fyneObject
	closed bool
}

func newMergePage(sc *handoffScreen, path, passphrase string) *mergePage {
	p := &mergePage{sc: sc, s: sc.session, path: path, passphrase: passphrase, ticked: map[string]bool{}}
	p.lines = newPlanLines(p.s)
	p.side = newColumn(planSide-historyLane, look.Unit+look.Half)
	p.roll = container.NewVScroll(container.New(insets{0, 0, historyLane, 0}, p.side))
	p.work = newHandoffWork(p.s, sc.watch.ctx)
	p.foot = container.NewStack()
	p.stage = container.NewStack()
	back := newKeyButton(words.T("handoffui.back"), look.Plain, sc.leavePage)
	title := look.Text(words.T("handoffui.preview.title", "file", filepath.Base(path)), look.SizeHeading, true, look.ColourText).Truncated()
	head := container.NewBorder(nil, nil, withTip(p.s, back, words.T("handoffui.back.tip")), nil, container.New(insets{look.Unit, 0, 0, 0}, title))
	p.box = container.NewBorder(gapBelow(head), gapAbove(p.foot), nil, nil, p.stage)
	return p
}

// read reads the bundle and shows what it would bring.
func (p *mergePage) read() {
	p.plan, p.err = nil, nil
	p.show()
	var plan *handoff.Plan
	var dir *directory
	p.work.run(words.T("handoffui.reading"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		if plan, err = p.s.Handoff.Preview(ctx, p.path, p.passphrase, progress); err != nil {
			return err
		}
		dir, err = readDirectory(ctx, p.s.Reader)
		return err
	}, func(err error) {
		if p.closed {
			return
		}
		if err == errStopped {
			p.sc.leavePage()
			return
		}
		p.plan, p.err = plan, err
		if err == nil {
			p.lines.set(plan, dir)
		}
		p.show()
		p.sc.focus()
	})
	if p.work.busy() {
		p.show()
	}
}

// show builds the page for what is known now.
func (p *mergePage) show() {
	p.merge, p.ticks = nil, nil
	switch {
	case p.plan != nil:
		p.side.Objects = p.says()
		p.side.Refresh()
		p.roll.Refresh()
		left := fixedWide{planSide}.of(p.roll)
		p.stage.Objects = []fyne.CanvasObject{container.New(besides{}, left, container.New(insets{look.Unit, 0, 0, 0}, p.lines.box))}
	case p.err != nil:
		p.stage.Objects = []fyne.CanvasObject{p.refused()}
	default:
		p.stage.Objects = []fyne.CanvasObject{container.NewCenter(look.Text(words.T("handoffui.reading"), look.SizeBody, false, look.ColourQuiet))}
	}
	p.stage.Refresh()
	p.foot.Objects = []fyne.CanvasObject{p.footRow()}
	p.foot.Refresh()
	relayout(p.box)
	if p.plan != nil {
		p.lines.table.Select(p.lines.at) // again: only now does the table have a size
	}
}

// refused says why the bundle cannot be opened, with the next step.
func (p *mergePage) refused() fyneObject {
	parts := []fyne.CanvasObject{refusedBox(p.err)}
	row := inRow(look.Unit, layout.NewSpacer())
	switch ledger.CodeOf(p.err) {
	case ledger.CodePassphraseNeeded, ledger.CodePassphraseWrong:
		p.merge = newKeyButton(words.T("handoffui.secret.enter"), look.Primary, func() { p.sc.sticks.askPassphrase(p.path) })
	default:
		p.merge = newKeyButton(words.T("forms.again"), look.Secondary, p.read)
	}
	row.Add(p.merge)
	row.Add(layout.NewSpacer())
	parts = append(parts, row)
	return container.NewCenter(newColumn(640, look.Gap, parts...))
}

// says is the column at the left.
func (p *mergePage) says() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	parts = append(parts, p.result()...)
	parts = append(parts, p.counts())
	if p.outcome == nil && !p.undone {
		for i := range p.plan.Unknown {
			parts = append(parts, p.ask(&p.plan.Unknown[i]))
		}
	}
	parts = append(parts, p.warnings()...)
	return append(parts, p.from())
}

// from says when and by which desks the bundle was written.
func (p *mergePage) from() fyneObject {
	plan := p.plan
	rows := fact(words.T("handoffui.made"), minute(plan.Created))
	rows = append(rows, fact(words.T("handoffui.fingerprint"), plan.Sender.Fingerprint())...)
	for i := range plan.Chains {
		c := &plan.Chains[i]
		text := words.T("handoffui.chain", "name", c.Name, "first", c.First, "last", c.Last, "new", c.New, "vouched", c.Vouched)
		rows = append(rows, fact(words.T("handoffui.chain.desk"), text)...)
	}
	return look.Card(newColumn(planSide-2*look.Gap-historyLane, look.Half, rows...))
}

// counts say whose bundle it is, what it covers, and the six numbers of its merge.
func (p *mergePage) counts() fyneObject {
	plan := p.plan
	block := func(label string, n int64, colour fyne.ThemeColorName) fyneObject {
		f := look.NewFigure(ledger.GroupDigits(n), "", look.SizeTitle)
		if n > 0 {
			f.SetColour(colour)
		}
		return stacked(0, look.Quiet(label), f)
	}
	const wide = planSide - 2*look.Gap - historyLane
	numbers := evenRows(wide, block(words.T("handoffui.count.new"), plan.New, look.ColourText),
		block(words.T("handoffui.count.corrected"), plan.Corrected, look.ColourText),
		block(words.T("handoffui.count.voided"), plan.Voided, look.ColourText),
		block(words.T("handoffui.count.clashing"), plan.Clashing, look.ColourRedText),
		block(words.T("handoffui.count.here"), plan.Here, look.ColourText),
		block(words.T("handoffui.count.waiting"), plan.Waiting, look.ColourAmberText))
	head := stacked(0, look.Quiet(words.T("handoffui.from")), look.Text(deskTitle(&plan.Sender), look.SizeHeading, true, look.ColourText).Truncated())
	about := look.Body(words.T("handoffui.covers.of", "days", carriedDays(plan.First, plan.Last), "n", plan.Carried)).Truncated()
	return look.Card(newColumn(wide, look.Unit, head, about, numbers))
}

// ask is the question about a desk that was never accepted here.
func (p *mergePage) ask(c *handoff.Card) fyneObject {
	print := c.Fingerprint()
	t := newTick(words.T("handoffui.ask.tick", "name", c.Name), p.ticked[print], func(on bool) {
		p.ticked[print] = on
		p.foot.Objects = []fyne.CanvasObject{p.footRow()}
		p.foot.Refresh()
		relayout(p.foot)
		if on && p.unasked() == 0 {
			p.sc.focus() // on the button: Enter merges
		}
	})
	p.ticks = append(p.ticks, t)
	title := look.Text(words.T("handoffui.ask", "name", deskTitle(c)), look.SizeBody+1, true, look.ColourAmberText).Truncated()
	why := newParagraph(words.T("handoffui.ask.why"), look.SizeBody, look.ColourText)
	return tinted(look.Warn, newColumn(200, look.Unit, title, why, bigFingerprint(print, fingerprintSize-2), t))
}

// warnings are what a person should know beside the counts.
func (p *mergePage) warnings() (list []fyne.CanvasObject) {
	plan := p.plan
	if plan.Damaged {
		list = append(list, said(look.Warn, words.T("handoffui.warn.damaged")))
	}
	if plan.Clashing > 0 && p.outcome == nil {
		list = append(list, said(look.Bad, words.T("handoffui.warn.clashing", "n", plan.Clashing)))
	}
	for _, f := range plan.Forks {
		text := words.T("handoff.fork", "name", f.Name, "seq", f.Seq)
		if f.Own {
			text = words.T("handoff.forkown", "name", f.Name, "seq", f.Seq)
		}
		list = append(list, said(look.Warn, text))
	}
	for i := range plan.Ahead {
		list = append(list, said(look.Warn, words.T("handoff.ahead", "name", plan.Ahead[i].Name, "at", minute(plan.Ahead[i].Latest))))
	}
	if plan.Waiting > 0 {
		list = append(list, said(look.Info, words.T("handoff.waiting", "n", plan.Waiting)))
	}
	return list
}

// unasked is how many desks are still to be compared.
func (p *mergePage) unasked() (n int) {
	for i := range p.plan.Unknown {
		if !p.ticked[p.plan.Unknown[i].Fingerprint()] {
			n++
		}
	}
	return n
}

// first is what gets the keyboard.
func (p *mergePage) first() fyne.Focusable {
	for _, t := range p.ticks {
		if !t.on {
			return t
		}
	}
	if p.work.busy() {
		return p.work.stop
	}
	if p.merge != nil {
		return p.merge
	}
	return nil
}

// evenRows stands objects beside each other, in one row when they fit with
// some room between them, else in two.
func evenRows(wide float32, objects ...fyne.CanvasObject) fyneObject {
	row := container.New(evenRow{}, objects...)
	if half := (len(objects) + 1) / 2; row.MinSize().Width+float32(len(objects))*look.Unit > wide {
		return stacked(look.Unit, container.New(evenRow{}, objects[:half]...), container.New(evenRow{}, objects[half:]...))
	}
	return row
}

// evenRow stands its objects beside each other, all of one width.
type evenRow struct{}

// MinSize is part of fyne.Layout.
func (evenRow) MinSize(o []fyne.CanvasObject) (size fyne.Size) {
	for _, c := range o {
		size = size.Max(c.MinSize())
	}
	size.Width *= float32(len(o))
	return size
}

// Layout is part of fyne.Layout.
func (evenRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := size.Width / float32(len(o))
	for i, c := range o {
		c.Resize(fyne.NewSize(wide, size.Height))
		c.Move(fyne.NewPos(float32(i)*wide, 0))
	}
}
