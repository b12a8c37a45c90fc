package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/handoff"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// exportSide is the width of the form of an export.
const exportSide = 560

// exportView makes a bundle: for whom, what, where, one button, and then whether
// the stick can be taken out.
type exportView struct {
	sc   *handoffScreen
	s    *Session
	to   map[string]bool // fingerprints of the receivers ticked
	work *handoffWork

	form    *fyne.Container
	what    []fyne.CanvasObject // the form below the receivers
	peers   *fyne.Container
	secret  *field
	strong  *paragraph
	secrets *fyne.Container
	since   *keySegments
	scope   *keySegments
	scopes  *paragraph
	where   *fyne.Container
	folder  string // chosen stick
	write   *keyButton
	print   *keyButton  // once written
	missing *look.Label // what is still to be chosen

	byPassphrase bool
	done         *handoff.Exported
	asked        exportChoice      // what done was made of
	last         *handoff.Exported // done, once it is no longer what the form says
	receivers    []handoff.Peer
	wrote        string // the stick it was written to
	err          error
	slip         string // path of the printed page
	slipErr      error
	state        *fyne.Container
	box          fyneObject
}

func newExportView(sc *handoffScreen) *exportView {
	v := &exportView{sc: sc, s: sc.session, to: map[string]bool{}}
	for _, print := range v.s.Settings.Get().Receivers {
		v.to[print] = true
	}
	v.work = newHandoffWork(v.s, sc.watch.ctx)
	v.peers, v.where, v.state = newColumn(300, 0), newColumn(300, look.Half), container.NewStack()
	v.secret = newField(words.T("handoffui.export.secret.hint"))
	v.secret.OnChanged = func(string) { v.ready() }
	v.strong = newParagraph("", look.SizeSmall, look.ColourQuiet)
	v.secrets = newColumn(300, look.Half, v.secret, v.strong)
	v.since = newKeySegments([]string{words.T("handoffui.export.news"), words.T("handoffui.export.start")}, 0, func(int) { v.ready() })
	v.scope = newKeySegments([]string{words.T("handoffui.scope.unit"), words.T("handoffui.scope.own"), words.T("handoffui.scope.all")}, 0,
		func(int) { v.ready() })
	v.scopes = newParagraph("", look.SizeSmall, look.ColourQuiet)
	v.write = newKeyButton(words.T("handoffui.export.write"), look.Primary, v.run)
	v.missing = look.Quiet("").Truncated()
	v.form = newColumn(exportSide-2*look.Gap-historyLane, look.Unit)
	v.what = []fyne.CanvasObject{exportStep("2", words.T("handoffui.export.what")), inRow(0, v.since), inRow(0, v.scope), v.scopes,
		exportStep("3", words.T("handoffui.export.where")), v.where}
	foot := container.NewBorder(nil, nil, nil, v.write, v.missing)
	roll := container.NewVScroll(container.New(insets{0, 0, historyLane, 0}, v.form))
	left := look.Card(container.NewBorder(nil, gapAbove(foot), nil, nil, roll))
	v.box = container.New(besides{}, fixedWide{exportSide}.of(left), container.New(insets{look.Gap, 0, 0, 0}, v.state))
	v.showPeers()
	v.showSticks()
	v.showState()
	return v
}

func exportStep(number, text string) fyneObject {
	return container.New(insets{0, look.Half, 0, 0}, inRow(look.Unit, look.Text(number, look.SizeHeading, true, look.ColourAccent),
		look.Text(text, look.SizeBody+1, true, look.ColourText)))
}

// into makes a stick the one to write to and shows the form.
func (v *exportView) into(path string) {
	v.folder = path
	v.showSticks()
	v.sc.showView(viewExport)
	v.sc.focus()
}

// able are the peers that a bundle can be made for.
func (v *exportView) able() (list []handoff.Peer) {
	for _, p := range v.sc.facts.peers {
		if p.Accepted && p.Card.Recipient != "" {
			list = append(list, p)
		}
	}
	return list
}

// showPeers lists whom a bundle can be for.
func (v *exportView) showPeers() {
	if v.work.busy() {
		return
	}
	peers := v.able()
	v.peers.Objects = nil
	for i := range peers {
		p := &peers[i]
		print := p.Card.Fingerprint()
		text := words.T("handoffui.export.peer", "name", p.Name(), "unit", p.Card.Unit, "fingerprint", print)
		v.peers.Add(newTick(text, v.to[print] && !v.byPassphrase, func(on bool) {
			v.to[print] = on
			v.setPassphrase(v.byPassphrase && !on)
		}))
	}
	if len(peers) == 0 {
		v.peers.Add(said(look.Info, words.T("handoffui.export.nobody")))
		pair := newKeyButton(words.T("handoffui.export.pair"), look.Secondary, func() {
			v.sc.showView(viewCards)
			v.sc.focus()
		})
		v.peers.Add(container.New(insets{0, look.Unit, 0, look.Unit}, inRow(0, pair)))
	}
	v.peers.Add(newTick(words.T("handoffui.export.secret"), v.byPassphrase, v.setPassphrase))
	v.peers.Refresh()
	v.form.Objects = []fyne.CanvasObject{exportStep("1", words.T("handoffui.export.to")), v.peers}
	if v.byPassphrase {
		v.form.Objects = append(v.form.Objects, v.secrets)
	}
	v.form.Objects = append(v.form.Objects, v.what...)
	v.form.Refresh()
	v.ready()
	v.recheck()
}

// setPassphrase chooses between cards and a passphrase.
func (v *exportView) setPassphrase(on bool) {
	if on != v.byPassphrase {
		v.byPassphrase = on
		v.showPeers()
		if c := v.s.Window.Canvas(); on && c != nil {
			c.Focus(v.secret)
		}
		return
	}
	v.ready()
}

// chosen are the receivers ticked.
func (v *exportView) chosen() (list []handoff.Peer) {
	if v.byPassphrase {
		return nil
	}
	for _, p := range v.able() {
		if v.to[p.Card.Fingerprint()] {
			list = append(list, p)
		}
	}
	return list
}

// showSticks lists where a bundle can be written.
func (v *exportView) showSticks() {
	sticks := v.sc.watch.sticks
	if v.sc.watch.stick(v.folder) == nil {
		v.folder = ""
		for i := range sticks {
			if !sticks[i].ReadOnly {
				v.folder = sticks[i].Path
				break
			}
		}
	}
	v.where.Objects = nil
	for i := range sticks {
		v.where.Add(v.place(&sticks[i]))
	}
	if len(sticks) == 0 {
		v.where.Add(newParagraph(words.T("handoffui.export.nostick"), look.SizeBody, look.ColourQuiet))
		v.where.Add(inRow(0, newKeyButton(words.T("handoffui.watch"), look.Secondary, v.sc.sticks.watchFolder)))
	}
	v.where.Refresh()
	v.ready()
	if v.done != nil && v.sc.watch.stick(v.wrote) == nil {
		v.showState() // it has been taken out
	}
}

// place is one stick to write to.
func (v *exportView) place(k *stick) fyneObject {
	name := look.Text(orElse(k.Label, k.Path), look.SizeBody, true, look.ColourText).Truncated()
	row := container.NewBorder(nil, nil, nil, look.Quiet(stickSpace(k)), name)
	p := newPressable(container.New(insets{12, look.Unit, 12, look.Unit}, row), look.ColourSurface, look.ColourHover, look.ColourLine, 6, func() {
		if v.done != nil && k.Path != v.wrote {
			v.retire()
		}
		v.folder = k.Path
		v.showSticks()
	})
	p.chosen = look.ColourSelection
	p.choose(k.Path == v.folder)
	return p
}

// ready says what is still missing, and lets the button be pressed when nothing is.
func (v *exportView) ready() {
	v.scopes.SetText(words.T([...]string{"handoffui.scope.unit.about", "handoffui.scope.own.about", "handoffui.scope.all.about"}[v.scope.Selected()]))
	weak := handoff.CheckPassphrase(v.secret.Text)
	switch {
	case v.secret.Text == "":
		v.strong.SetText(words.T("handoffui.export.secret.about"))
		v.strong.SetColour(look.ColourQuiet)
	case weak != nil:
		v.strong.SetText(look.Warn.Sign() + " " + words.Sentence(weak))
		v.strong.SetColour(look.ColourAmberText)
	default:
		v.strong.SetText(look.Good.Sign() + " " + words.T("handoffui.export.secret.strong"))
		v.strong.SetColour(look.ColourGreenText)
	}
	missing := ""
	switch {
	case v.byPassphrase && weak != nil:
		missing = words.T("handoffui.export.need.secret")
	case !v.byPassphrase && len(v.chosen()) == 0:
		missing = words.T("handoffui.export.need.receiver")
	case v.folder == "":
		missing = words.T("handoffui.export.need.stick")
	}
	v.missing.SetText(missing)
	if v.done != nil && !v.work.busy() && v.asked != v.choice() {
		v.retire()
	}
	if missing == "" && !v.work.busy() {
		v.write.Enable()
	} else {
		v.write.Disable()
	}
	relayout(v.form)
}

// exportChoice is what a person chooses of an export, to be compared; not the
// stick, which is another one when the one written to is taken out.
type exportChoice struct {
	to, passphrase string
	since, scope   int
}

func (v *exportView) choice() exportChoice {
	c := exportChoice{since: v.since.Selected(), scope: v.scope.Selected()}
	if v.byPassphrase {
		c.passphrase = v.secret.Text
	}
	for _, p := range v.chosen() {
		c.to += p.Card.Fingerprint() + " "
	}
	return c
}

// recheck takes back that the stick can be taken out once there is something that
// is not on it. What was read before the bundle was noted does not count.
func (v *exportView) recheck() {
	if v.done == nil || v.sc.facts.unsent == 0 {
		return
	}
	noted := slices.ContainsFunc(v.sc.facts.sent, func(s handoff.Sent) bool { return s.Bundle == v.done.Manifest.Bundle })
	if noted {
		v.retire()
	}
}

// retire puts the outcome of the last export away: it would be taken for that of
// what the form says now.
func (v *exportView) retire() {
	v.last, v.done = v.done, nil
	v.showState()
	v.sc.showHint()
}

// run writes the bundle.
func (v *exportView) run() {
	if v.work.busy() || v.write.Disabled() {
		return
	}
	e := handoff.Export{To: v.chosen(), SinceStart: v.since.Selected() == 1, Scope: handoff.Scope(v.scope.Selected()), Path: v.folder}
	if v.byPassphrase {
		e.Passphrase = v.secret.Text
	}
	v.remember(e.To)
	v.done, v.last, v.err, v.slip, v.slipErr = nil, nil, nil, "", nil
	v.receivers, v.wrote, v.asked = e.To, e.Path, v.choice()
	var done *handoff.Exported
	v.work.run(words.T("handoffui.export.writing"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		e.Progress = progress
		done, err = v.s.Handoff.Export(ctx, e)
		return err
	}, func(err error) {
		v.done, v.err = done, err
		v.ready()
		v.showState()
		v.sc.showHint()
		v.sc.read()
		// On the slip rather than on the button: a second Enter must not write again.
		if c := v.s.Window.Canvas(); err == nil && v.print != nil && v.sc.view == viewExport && c != nil {
			c.Focus(v.print)
		}
	})
	if v.work.busy() {
		v.ready()
		v.showState()
		if c := v.s.Window.Canvas(); c != nil {
			c.Focus(v.work.stop)
		}
	}
}

// remember keeps the receivers for the next time.
func (v *exportView) remember(to []handoff.Peer) {
	var prints []string
	for i := range to {
		prints = append(prints, to[i].Card.Fingerprint())
	}
	v.s.changeSettings(func(s *settings.Values) {
		if len(prints) > 0 && !slices.Equal(s.Receivers, prints) {
			s.Receivers = prints
		}
	})
}

// first is what gets the keyboard: the button when all is chosen.
func (v *exportView) first() fyne.Focusable {
	if !v.write.Disabled() {
		return v.write
	}
	if v.work.busy() {
		return v.work.stop
	}
	for _, o := range v.peers.Objects {
		if t, ok := o.(fyne.Focusable); ok {
			return t
		}
	}
	return nil
}
