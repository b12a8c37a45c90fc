package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/handoff"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// footRow is what can be done on the page, with what stands in the way.
func (p *mergePage) footRow() fyneObject {
	switch {
	case p.work.busy():
		p.merge = nil
		return p.work.box
	case p.plan == nil:
		return space(0) // the button stands with the refusal
	case p.outcome != nil || p.undone:
		return p.doneRow()
	case p.plan.Done():
		p.merge = newKeyButton(words.T("handoffui.back"), look.Primary, p.sc.leavePage)
		return inRow(look.Unit, look.NewBadge(look.Good, words.T("handoffui.state.here")), look.Body(words.T("handoffui.nothing")), layout.NewSpacer(), p.merge)
	}
	p.merge = newKeyButton(words.T("handoffui.merge"), look.Primary, p.run)
	text := look.Body(words.T("handoffui.merge.about"))
	if n := p.unasked(); n > 0 {
		p.merge.Disable()
		text = look.Text(words.T("handoffui.unasked", "n", n), look.SizeBody, true, look.ColourAmberText)
	}
	off := newKeyButton(words.T("handoffui.notnow"), look.Secondary, p.sc.leavePage)
	return container.NewBorder(nil, nil, nil, inRow(look.Unit, off, p.merge), text.Truncated())
}

// run merges the bundle.
func (p *mergePage) run() {
	if p.plan == nil || p.unasked() > 0 || p.work.busy() {
		return
	}
	m := handoff.Merge{Path: p.path, Passphrase: p.passphrase}
	for i := range p.plan.Unknown {
		m.Accept = append(m.Accept, p.plan.Unknown[i].Fingerprint())
	}
	var outcome *handoff.Outcome
	p.work.run(words.T("handoffui.merging"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		m.Progress = progress
		outcome, err = p.s.Handoff.Merge(ctx, m)
		return err
	}, func(err error) { p.merged(outcome, err) })
	if p.work.busy() {
		p.show()
		p.sc.focus()
	}
}

// merged shows what became of the merge.
func (p *mergePage) merged(outcome *handoff.Outcome, err error) {
	p.err = err
	if err == nil {
		p.outcome, p.plan = outcome, outcome.Plan
		p.lines.setPlan(outcome.Plan)
		p.s.Changed()
	}
	p.refresh()
}

// refresh shows the page and what depends on the ledger again.
func (p *mergePage) refresh() {
	p.sc.read()
	p.sc.watch.again()
	if p.closed {
		return
	}
	p.show()
	p.roll.ScrollToTop()
	p.sc.focus()
}

// result says what was done, or why not.
func (p *mergePage) result() []fyne.CanvasObject {
	switch {
	case p.err == errStopped:
		return []fyne.CanvasObject{said(look.Neutral, words.T("handoffui.stopped.merge"))}
	case p.err != nil:
		return []fyne.CanvasObject{refusedBox(p.err)}
	case p.undone:
		return []fyne.CanvasObject{said(look.Neutral, words.T("handoffui.undone"))}
	case p.outcome == nil:
		return nil
	}
	head := look.Text(look.Good.Sign()+" "+words.T("handoffui.merged"), look.SizeTitle, true, look.ColourGreenText)
	plan := p.plan
	counts := newParagraph(words.T("handoffui.merged.counts", "new", plan.New, "corrected", plan.Corrected, "voided", plan.Voided,
		"clashing", plan.Clashing), look.SizeBody, look.ColourText)
	receipt := newParagraph(words.T("handoffui.receipt.left", "file", filepath.Base(p.outcome.Receipt)), look.SizeBody, look.ColourText)
	if p.outcome.NoReceipt != nil {
		receipt = newParagraph(look.Warn.Sign()+" "+words.T("handoffui.receipt.not", "why", words.Sentence(p.outcome.NoReceipt)), look.SizeBody, look.ColourAmberText)
	}
	return []fyne.CanvasObject{tinted(look.Good, newColumn(200, look.Half, head, counts, receipt))}
}

// doneRow is what can be done after the merge.
func (p *mergePage) doneRow() fyneObject {
	row := inRow(look.Unit, layout.NewSpacer())
	if p.outcome != nil && !p.undone {
		row.Add(newKeyButton(words.T("handoffui.undo"), look.Danger, func() { askUndo(p.sc, p.undo) }))
		if p.plan.Clashing > 0 {
			row.Add(newKeyButton(words.T("handoffui.decide"), look.Secondary, p.sc.showClashes))
		}
	}
	p.merge = newKeyButton(words.T("handoffui.done"), look.Primary, p.sc.leavePage)
	row.Add(p.merge)
	return row
}

// undo notes that the merge was taken back.
func (p *mergePage) undo() {
	p.undone, p.outcome = true, nil
	p.refresh()
}

// lastMerge is the newest merge that stands.
func lastMerge(log []handoff.Merged) (m handoff.Merged, ok bool) {
	for i := range log {
		if log[i].Undone.IsZero() && log[i].Number > m.Number {
			m, ok = log[i], true
		}
	}
	return m, ok
}
