package ui

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// bundleKind is what a bundle on a stick is to this desk.
type bundleKind int

const (
	bundleNew    bundleKind = iota // for this desk, not merged yet
	bundleSecret                   // opens with a passphrase
	bundleHere                     // all in it is here
	bundleOwn                      // this desk wrote it
	bundleOther                    // for another desk
	bundleBroken                   // cannot be opened
)

func bundleState(f *handoff.Found) bundleKind {
	switch {
	case !f.Bundle:
		return bundleBroken
	case f.Own:
		return bundleOwn
	case f.Merged:
		return bundleHere
	case f.Manifest != nil:
		return bundleNew
	}
	switch ledger.CodeOf(f.Err) {
	case ledger.CodePassphraseNeeded:
		return bundleSecret
	case ledger.CodeBundleNotForUs:
		return bundleOther
	}
	return bundleBroken
}

// bundleBadge says the state in a word.
func bundleBadge(k bundleKind) fyneObject {
	switch k {
	case bundleNew:
		return look.NewBadge(look.Info, words.T("handoffui.state.new"))
	case bundleSecret:
		return look.NewBadge(look.Warn, words.T("handoffui.state.secret"))
	case bundleHere:
		return look.NewBadge(look.Good, words.T("handoffui.state.here"))
	case bundleOwn:
		return look.NewBadge(look.Neutral, words.T("handoffui.state.own"))
	case bundleOther:
		return look.NewBadge(look.Neutral, words.T("handoffui.state.other"))
	}
	return look.NewBadge(look.Bad, words.T("handoffui.state.broken"))
}

// stickListWide is the width of the list of sticks.
const stickListWide = 288

// stickView shows the sticks at the left and what lies on the chosen one.
type stickView struct {
	sc      *handoffScreen
	chosen  string // path
	list    *fyne.Container
	acts    *fyne.Container
	rows    *fyne.Container
	roll    *container.Scroll
	head    *fyne.Container
	box     *fyne.Container
	buttons []fyne.Focusable // of the bundles shown, in order
	items   []*pressable     // of the sticks
	filled  string           // path of the stick listed
	news    int              // new bundles on it
}

func newStickView(sc *handoffScreen) *stickView {
	v := &stickView{sc: sc, list: stacked(look.Half), rows: newColumn(400, look.Unit), head: container.NewStack(), box: container.NewStack()}
	v.roll = container.NewVScroll(container.New(insets{0, 0, historyLane, 0}, v.rows))
	v.acts = stacked(look.Unit, newKeyButton(words.T("handoffui.open"), look.Secondary, v.openFile),
		newKeyButton(words.T("handoffui.watch"), look.Plain, v.watchFolder))
	v.show()
	return v
}

// pick chooses the stick to show.
func (v *stickView) pick(path string) {
	v.chosen = path
	v.show()
}

// current is the stick chosen, or the first one with something new.
func (v *stickView) current() *stick {
	if k := v.sc.watch.stick(v.chosen); k != nil {
		return k
	}
	v.chosen = v.sc.watch.newest()
	return v.sc.watch.stick(v.chosen)
}

func (v *stickView) show() {
	v.buttons, v.items = nil, nil
	k := v.current()
	if k == nil {
		v.box.Objects = []fyne.CanvasObject{v.empty()}
		v.box.Refresh()
		relayout(v.box)
		return
	}
	v.list.Objects = nil
	for i := range v.sc.watch.sticks {
		v.list.Add(v.item(&v.sc.watch.sticks[i]))
	}
	v.fill(k)
	left := look.CardTitled(words.T("handoffui.sticks"), nil, container.NewBorder(nil, v.acts, nil, nil, container.NewVScroll(v.list)))
	right := look.Card(container.NewBorder(gapBelow(v.head), nil, nil, nil, v.roll))
	v.box.Objects = []fyne.CanvasObject{container.New(besides{}, fixedWide{stickListWide}.of(left), container.New(insets{look.Gap, 0, 0, 0}, right))}
	v.box.Refresh()
	relayout(v.box)
}

// of gives o the width.
func (f fixedWide) of(o fyneObject) fyneObject { return container.New(f, o) }

// empty says what to do while there is no stick.
func (v *stickView) empty() fyneObject {
	mark := canvas.NewImageFromResource(theme.NewColoredResource(iconHandoff, look.ColourAccent))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(56))
	centred := func(text string, size float32, bold bool, colour fyne.ThemeColorName) fyneObject {
		return look.Text(text, size, bold, colour).Aligned(fyne.TextAlignCenter)
	}
	open := newKeyButton(words.T("handoffui.open"), look.Primary, v.openFile)
	watch := newKeyButton(words.T("handoffui.watch"), look.Secondary, v.watchFolder)
	v.buttons = []fyne.Focusable{open, watch}
	buttons := inRow(look.Unit, layout.NewSpacer(), watch, open, layout.NewSpacer())
	column := container.NewVBox(mark, gap(), centred(words.T("handoffui.empty.title"), look.SizeTitle, true, look.ColourText),
		centred(words.T("handoffui.empty.lead"), look.SizeBody+1, false, look.ColourQuiet), gap(), buttons, gap(),
		centred(words.T("handoffui.empty.other"), look.SizeBody, false, look.ColourQuiet))
	return container.NewCenter(look.Card(look.Inset(column, look.Gap*1.5)))
}

// item is one stick in the list.
func (v *stickView) item(k *stick) fyneObject {
	name := look.Text(orElse(k.Label, k.Path), look.SizeBody, true, look.ColourText).Truncated()
	under := look.Quiet(stickSpace(k)).Truncated()
	row := container.NewBorder(nil, nil, nil, nil, stacked(0, name, under))
	if n := k.news(); n > 0 {
		row = container.NewBorder(nil, nil, nil, look.NewBadge(look.Info, words.T("handoffui.news", "n", n)), stacked(0, name, under))
	}
	p := newPressable(container.New(insets{look.Unit, look.Half, look.Unit, look.Half}, row), look.ColourSurface, look.ColourHover, "", 6,
		func() { v.pick(k.Path) })
	p.chosen = look.ColourSelection
	p.choose(k.Path == v.chosen)
	v.items = append(v.items, p)
	return p
}

// stickSpace is what kind of stick it is and how much room is on it.
func stickSpace(k *stick) string {
	text := words.T("handoffui.space", "free", handoff.Bytes(k.Free).String())
	if k.ReadOnly {
		text = words.T("handoffui.readonly")
	}
	if !k.Removable {
		return words.T("handoffui.folder.of", "space", text)
	}
	return text
}

// fill lists what lies on the chosen stick.
func (v *stickView) fill(k *stick) {
	title := look.Text(orElse(k.Label, k.Path), look.SizeHeading, true, look.ColourText).Truncated()
	tools := inRow(look.Half)
	if v.sc.watch.ownFolder(k.Path) {
		tools.Add(newKeyButton(words.T("handoffui.unwatch"), look.Plain, func() { v.sc.watch.dropFolder(k.Path) }))
	}
	tools.Add(newKeyButton(words.T("handoffui.toexport"), look.Secondary, func() { v.sc.export.into(k.Path) }))
	v.head.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, container.NewCenter(tools),
		stacked(0, title, look.Quiet(words.T("handoffui.at", "path", k.Path, "space", stickSpace(k))).Truncated()))}
	var rows []fyne.CanvasObject
	if k.err != nil {
		rows = append(rows, refusedBox(k.err))
	}
	rows = append(rows, v.bundles(k)...)
	rows = append(rows, v.receipts(k)...)
	if len(k.found) == 0 && k.err == nil {
		rows = append(rows, said(look.Neutral, words.T("handoffui.stick.empty")))
	}
	v.rows.Objects = rows
	v.rows.Refresh()
	if n := k.news(); k.Path != v.filled || n > v.news {
		v.roll.ScrollToTop() // what is new stands there
	}
	v.filled, v.news = k.Path, k.news()
	v.roll.Refresh()
}

// bundles are those on the stick, those that ask for something first.
func (v *stickView) bundles(k *stick) (rows []fyne.CanvasObject) {
	var list []*handoff.Found
	for i := range k.found {
		if k.found[i].Bundle {
			list = append(list, &k.found[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *handoff.Found) int { return int(bundleState(a)) - int(bundleState(b)) })
	if len(list) > 0 {
		rows = append(rows, look.Text(words.T("handoffui.bundles", "n", len(list)), look.SizeBody, true, look.ColourQuiet))
	}
	for _, f := range list {
		rows = append(rows, v.bundle(f))
	}
	return rows
}

// bundle is one bundle: its state, from whom, what it carries, and what can be
// done with it.
func (v *stickView) bundle(f *handoff.Found) fyneObject {
	state := bundleState(f)
	who, about := filepath.Base(f.Path), byteSize(f.Size)
	if m := f.Manifest; m != nil {
		who = deskTitle(&m.Sender)
		about = words.T("handoffui.bundle", "days", carriedDays(m.First, m.Last), "n", m.Revisions, "made", minute(m.Created))
	} else if m := f.Log; m != nil {
		// Under a passphrase: what is known of it the merge log says.
		who, about = deskTitle(&m.Sender), words.T("handoffui.bundle.log", "n", m.Carried, "made", minute(m.Created), "at", minute(m.At))
	}
	lines := []fyne.CanvasObject{inRow(look.Unit, bundleBadge(state), look.Text(who, look.SizeBody+1, true, look.ColourText)), look.Body(about).Truncated()}
	if f.Manifest != nil || f.Log != nil {
		lines = append(lines, look.Quiet(filepath.Base(f.Path)+"  "+byteSize(f.Size)).Truncated())
	}
	switch state {
	case bundleOther, bundleBroken:
		lines = append(lines, newParagraph(words.Sentence(f.Err), look.SizeSmall, look.ColourQuiet))
	}
	act := v.act(f, state)
	content := container.NewBorder(nil, nil, nil, container.New(insets{look.Gap, 0, 0, 0}, container.NewCenter(act)), newColumn(300, 2, lines...))
	line := look.ColourLine
	if state == bundleNew {
		line = look.ColourAccent
	}
	return container.NewStack(look.NewSurface(look.ColourSurface, line, look.Radius), container.New(insets{look.Gap, 12, look.Gap, 12}, content))
}

// act is the button of a bundle; nothing where there is nothing to do.
func (v *stickView) act(f *handoff.Found, state bundleKind) fyneObject {
	button := func(text string, style look.Style, do func()) fyneObject {
		b := newKeyButton(text, style, do)
		v.buttons = append(v.buttons, b)
		return b
	}
	switch state {
	case bundleNew:
		return button(words.T("handoffui.merge.open"), look.Primary, func() { v.sc.preview(f.Path, "") })
	case bundleHere:
		return button(words.T("handoffui.merge.view"), look.Secondary, func() { v.view(f) })
	case bundleSecret:
		return button(words.T("handoffui.secret.enter"), look.Primary, func() { v.askPassphrase(f.Path) })
	}
	return space(0)
}

// view opens a bundle whose content is here.
func (v *stickView) view(f *handoff.Found) {
	if f.Header.Passphrase {
		v.askPassphrase(f.Path)
		return
	}
	v.sc.preview(f.Path, "")
}

// askPassphrase asks for the passphrase of a bundle and opens its preview.
func (v *stickView) askPassphrase(path string) {
	s := v.sc.session
	sh := newSheet(s, s.Window.Canvas(), words.T("handoffui.secret.title"),
		[]sheetField{{Key: "secret", Label: words.T("handoffui.secret"), Hint: words.T("handoffui.secret.hint")}}, words.T("handoffui.secret.open"))
	sh.head.Add(newParagraph(filepath.Base(path), look.SizeBody, look.ColourQuiet))
	sh.start = func(values map[string]string) (func() error, func(), error) {
		secret := values["secret"]
		if secret == "" {
			return nil, nil, ledger.Refuse(ledger.CodePassphraseNeeded, "path", filepath.Base(path))
		}
		return nil, func() { v.sc.preview(path, secret) }, nil
	}
	sh.show()
}

// receipts are those on the stick that are for this desk, and what they say.
func (v *stickView) receipts(k *stick) (rows []fyne.CanvasObject) {
	for i := range k.found {
		if !k.found[i].Bundle {
			rows = append(rows, receiptRow(k, &k.found[i]))
		}
	}
	if len(rows) > 0 {
		title := look.Text(words.T("handoffui.receipts", "n", len(rows)), look.SizeBody, true, look.ColourQuiet)
		rows = append([]fyne.CanvasObject{title}, rows...)
	}
	return rows
}

func receiptRow(k *stick, f *handoff.Found) fyneObject {
	badge, text, detail := receiptSays(k, f)
	line := container.NewBorder(nil, nil, badge, nil, container.New(insets{look.Unit, 0, 0, 0}, look.Body(text).Truncated()))
	if detail != "" {
		return newColumn(300, 2, line, newParagraph(detail, look.SizeSmall, look.ColourQuiet))
	}
	return line
}

// receiptSays is a receipt's state, what it says and, of one that cannot be
// taken, why.
func receiptSays(k *stick, f *handoff.Found) (badge fyneObject, text, detail string) {
	name := filepath.Base(f.Path)
	err := f.Err
	for i := range k.taken {
		if k.taken[i].Path == f.Path && k.taken[i].Err != nil {
			err = k.taken[i].Err
		}
	}
	switch r := f.Receipt; {
	case ledger.CodeOf(err) == ledger.CodeBundleNotForUs:
		return look.NewBadge(look.Neutral, words.T("handoffui.receipt.other")), name, ""
	case err != nil || r == nil:
		return look.NewBadge(look.Bad, words.T("handoffui.state.broken")), name, words.Sentence(err)
	case r.Merged:
		return look.NewBadge(look.Good, words.T("handoff.state.delivered")),
			words.T("handoffui.receipt", "file", r.File, "name", r.From.Name, "at", minute(r.At)), ""
	default:
		why := ledger.Refuse(ledger.Code(r.Code), "path", r.File, "name", r.From.Name)
		return look.NewBadge(look.Bad, words.T("handoff.state.refused")),
			words.T("handoffui.receipt.refused", "file", r.File, "name", r.From.Name), words.Sentence(why)
	}
}

// first is what gets the keyboard: the first thing that can be done.
func (v *stickView) first() fyne.Focusable {
	if len(v.buttons) > 0 {
		return v.buttons[0]
	}
	if len(v.items) > 0 {
		return v.items[0]
	}
	return nil
}

// openFile asks for a bundle anywhere and opens its preview.
func (v *stickView) openFile() {
	folder := documents()
	if k := v.current(); k != nil {
		folder = k.Path
	}
	c := &fileChoice{s: v.sc.session, title: words.T("handoffui.open.title"), submit: words.T("handoffui.open.submit"), ext: ".tzb", folder: folder}
	c.start = func(file string) (func() error, func(), error) {
		return nil, func() { v.sc.preview(file, "") }, nil
	}
	c.show()
}

// watchFolder asks for a folder that is to be watched as a stick.
func (v *stickView) watchFolder() {
	chooseFolder(v.sc.session, words.T("handoffui.watch.title"), words.T("handoffui.watch.submit"), documents(), func(path string) {
		v.chosen = path
		v.sc.watch.addFolder(path)
	})
}
