package ui

import (
	"bytes"
	"io"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// cardSide is the width of the column with this desk's own card.
const cardSide = 472

// cardsView shows this desk's card, takes those of others, and lists the desks
// that are accepted here.
type cardsView struct {
	sc    *handoffScreen
	s     *Session
	own   *fyne.Container
	save  *keyButton
	peers *fyne.Container
	roll  *container.Scroll
	box   fyneObject
}

func newCardsView(sc *handoffScreen) *cardsView {
	v := &cardsView{sc: sc, s: sc.session}
	v.own = newColumn(cardSide-2*look.Gap, look.Unit+look.Half)
	v.peers = newColumn(400, look.Unit)
	v.roll = container.NewVScroll(container.New(insets{0, 0, historyLane, 0}, v.peers))
	v.save = newKeyButton("", look.Secondary, v.saveCard)
	add := inRow(look.Unit, newKeyButton(words.T("handoffui.pair.file"), look.Primary, v.pairFile),
		newKeyButton(words.T("handoffui.pair.paste"), look.Secondary, v.pairPaste))
	left := look.CardTitled(words.T("handoffui.card.own"), nil, container.NewVBox(v.own))
	right := look.CardTitled(words.T("handoffui.peers"), add, v.roll)
	v.box = container.New(besides{}, fixedWide{cardSide}.of(stacked(0, left)), container.New(insets{look.Gap, 0, 0, 0}, right))
	v.showSticks()
	v.show()
	return v
}

// showSticks names the stick that the card can be saved on.
func (v *cardsView) showSticks() {
	text := words.T("handoffui.card.save.folder")
	if k := v.sc.watch.stick(v.sc.export.folder); k != nil {
		text = words.T("handoffui.card.save", "name", orElse(k.Label, k.Path))
	}
	v.save.SetText(text)
	relayout(v.own)
}

func (v *cardsView) show() {
	c := v.sc.facts.own
	if !v.sc.facts.known {
		return
	}
	copyCard := newKeyButton(words.T("handoffui.card.copy"), look.Secondary, v.copyCard)
	v.own.Objects = []fyne.CanvasObject{look.Text(c.Name, look.SizeHeading, true, look.ColourText).Truncated(), look.Body(c.Unit).Truncated(),
		look.Quiet(words.T("handoffui.fingerprint.of")), bigFingerprint(c.Fingerprint(), fingerprintSize),
		newParagraph(words.T("handoffui.card.about"), look.SizeBody, look.ColourQuiet), inRow(look.Unit, copyCard, v.save)}
	v.own.Refresh()
	v.peers.Objects = nil
	for i := range v.sc.facts.peers {
		v.peers.Add(v.peer(&v.sc.facts.peers[i]))
	}
	if len(v.sc.facts.peers) == 0 {
		v.peers.Add(said(look.Info, words.T("handoffui.peers.none")))
	}
	v.peers.Refresh()
	relayout(v.box)
}

// scopeWords names a scope as the export does.
func scopeWords(sc handoff.Scope) string {
	switch sc {
	case handoff.ScopeOwn:
		return words.T("handoffui.scope.own")
	case handoff.ScopeAll:
		return words.T("handoffui.scope.all")
	}
	return words.T("handoffui.scope.unit")
}

// peer is one desk that is known here.
func (v *cardsView) peer(p *handoff.Peer) fyneObject {
	badge := look.NewBadge(look.Good, words.T("handoffui.peer.accepted"))
	act := newKeyButton(words.T("handoffui.peer.withdraw"), look.Danger, func() { v.withdraw(p) })
	switch {
	case !p.Accepted:
		badge = look.NewBadge(look.Neutral, words.T("handoffui.peer.withdrawn"))
		act = newKeyButton(words.T("handoffui.peer.again"), look.Secondary, func() { v.confirm(p.Card) })
	case p.Card.Recipient == "":
		badge = look.NewBadge(look.Warn, words.T("handoffui.peer.nocard"))
	}
	heard := words.T("handoffui.peer.unheard")
	if !p.Heard.IsZero() {
		heard = words.T("handoffui.peer.heard", "at", minute(p.Heard), "age", words.Age(v.s.Now().Sub(p.Heard)))
	}
	head := container.NewBorder(nil, nil, nil, badge, look.Text(p.Name(), look.SizeBody+1, true, look.ColourText).Truncated())
	lines := newColumn(300, 2, head, look.Body(p.Card.Unit).Truncated(), look.Text(p.Card.Fingerprint(), look.SizeBody, true, look.ColourText),
		look.Quiet(words.T("handoffui.peer.about", "heard", heard, "scope", scopeWords(p.Scope))).Truncated())
	row := container.NewBorder(nil, nil, nil, container.New(insets{look.Gap, 0, 0, 0}, container.NewCenter(act)), lines)
	return container.NewStack(look.NewSurface(look.ColourSurface, look.ColourLine, look.Radius), container.New(insets{look.Gap, 12, look.Gap, 12}, row))
}

// copyCard puts this desk's card on the clipboard.
func (v *cardsView) copyCard() {
	fyne.CurrentApp().Clipboard().SetContent(v.sc.facts.own.Text())
	v.s.Notify(words.T("handoffui.card.copied"), nil)
}

// saveCard writes this desk's card to the stick, or into a folder.
func (v *cardsView) saveCard() {
	save := func(folder string) {
		var path string
		var err error
		v.s.Tasks.Do(func() { path, err = v.s.Handoff.SaveCard(v.s.context(), folder) }, func() {
			if err != nil {
				v.s.Refuse(err)
				return
			}
			v.s.Notify(words.T("handoffui.card.saved", "path", path), nil)
		})
	}
	if v.sc.watch.stick(v.sc.export.folder) != nil {
		save(v.sc.export.folder)
		return
	}
	chooseFolder(v.s, words.T("handoffui.card.save.title"), words.T("handoffui.card.save.submit"), documents(), save)
}

// maxCardFile is how much of a file is read for a card, in bytes.
const maxCardFile = 64 << 10

// pairFile asks for the file of a card.
func (v *cardsView) pairFile() {
	folder := documents()
	if k := v.sc.watch.stick(v.sc.export.folder); k != nil {
		folder = k.Path
	}
	c := &fileChoice{s: v.s, title: words.T("handoffui.pair.file.title"), submit: words.T("handoffui.pair.next"), ext: ".txt", folder: folder}
	c.start = func(file string) (func() error, func(), error) {
		var card handoff.Card
		return func() (err error) {
			if card, err = readCardFile(file); err == nil {
				err = v.other(&card)
			}
			return err
		}, func() { v.confirm(card) }, nil
	}
	c.show()
}

// other refuses this desk's own card before anybody telephones to compare it.
func (v *cardsView) other(c *handoff.Card) error {
	if own := v.sc.facts.own.Key; len(own) > 0 && bytes.Equal(c.Key, own) {
		return ledger.Refuse(ledger.CodeCardOwn, "name", c.Name)
	}
	return nil
}

func readCardFile(path string) (handoff.Card, error) {
	f, err := os.Open(path)
	if err != nil {
		return handoff.Card{}, ledger.Refuse(ledger.CodeStickGone, "path", path).Because(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxCardFile))
	if err != nil {
		return handoff.Card{}, ledger.Refuse(ledger.CodeStickGone, "path", path).Because(err)
	}
	return handoff.ParseCard(string(text))
}

// pairPaste asks for the text of a card; what is on the clipboard is offered when
// it is one.
func (v *cardsView) pairPaste() {
	offered := fyne.CurrentApp().Clipboard().Content()
	if _, err := handoff.ParseCard(offered); err != nil {
		offered = ""
	}
	sh := newSheet(v.s, v.s.Window.Canvas(), words.T("handoffui.pair.paste.title"), []sheetField{{Key: "text", Label: words.T("handoffui.pair.text"),
		Value: offered, Kind: fieldLong, Hint: words.T("handoffui.pair.text.hint")}}, words.T("handoffui.pair.next"))
	sh.start = func(values map[string]string) (func() error, func(), error) {
		card, err := handoff.ParseCard(values["text"])
		if err == nil {
			err = v.other(&card)
		}
		if err != nil {
			return nil, nil, err
		}
		return nil, func() { v.confirm(card) }, nil
	}
	sh.show()
}

// confirm shows a card's fingerprint, has it compared over the telephone, and
// accepts the desk.
func (v *cardsView) confirm(card handoff.Card) {
	print := card.Fingerprint()
	sh := newSheet(v.s, v.s.Window.Canvas(), words.T("handoffui.pair.title", "name", card.Name), []sheetField{
		{Key: "heard", Label: words.T("handoffui.pair.heard"), Hint: words.T("handoffui.pair.heard.hint")},
		{Key: "name", Label: words.T("handoffui.pair.name"), Hint: card.Name},
		{Key: "scope", Label: words.T("handoffui.pair.scope"), Kind: fieldChoice, Value: choiceText(0),
			Options: []string{words.T("handoffui.scope.unit"), words.T("handoffui.scope.own"), words.T("handoffui.scope.all")}},
	}, words.T("handoffui.pair.accept"))
	same := newTick(words.T("handoffui.pair.same"), false, func(on bool) {
		enable(sh.ok, on)
		if on {
			sh.say("") // what was wrong before is not any more
		}
	})
	same.onKey = sh.key
	sh.head.Objects = []fyneObject{look.Body(deskTitle(&card)), bigFingerprint(print, fingerprintSize),
		newParagraph(words.T("handoffui.pair.about"), look.SizeBody, look.ColourText), gapBelow(same)}
	sh.onChange = func(values map[string]string) {
		if handoff.SameFingerprint(values["heard"], print) {
			sh.say("")
			same.set(true)
		}
	}
	sh.ok.Disable()
	sh.start = func(values map[string]string) (func() error, func(), error) {
		if text := values["heard"]; text != "" && !handoff.SameFingerprint(text, print) {
			same.set(false)
			sh.say(words.T("handoffui.pair.differs"))
			return nil, nil, errGone
		}
		if !same.on {
			sh.say(words.T("handoffui.pair.unticked"))
			return nil, nil, errGone
		}
		return func() error {
			return v.s.Handoff.Pair(v.s.context(), card, values["name"], handoff.Scope(choice(values["scope"])))
		}, func() { v.paired(card) }, nil
	}
	sh.show()
}

// enable lets a button be pressed or not.
func enable(b *keyButton, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// paired notes a desk that was accepted, and that a bundle may now be for it.
func (v *cardsView) paired(card handoff.Card) {
	v.sc.export.to[card.Fingerprint()] = true
	v.s.Notify(words.T("handoffui.paired", "name", card.Name), nil)
	v.sc.read()
	v.sc.watch.again()
}

// withdraw asks once more and stops accepting a desk.
func (v *cardsView) withdraw(p *handoff.Peer) {
	key := p.Card.Key
	sh := newSheet(v.s, v.s.Window.Canvas(), words.T("handoffui.peer.withdraw.title", "name", p.Name()), nil, words.T("handoffui.peer.withdraw"))
	sh.head.Add(newParagraph(words.T("handoffui.peer.withdraw.about"), look.SizeBody, look.ColourText))
	sh.ok.SetStyle(look.Danger)
	sh.start = func(map[string]string) (func() error, func(), error) {
		return func() error { return v.s.Handoff.Unpair(v.s.context(), key) }, func() {
			v.s.Notify(words.T("handoffui.peer.withdrawn.done"), nil)
			v.sc.read()
		}, nil
	}
	sh.show()
}
