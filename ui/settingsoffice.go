package ui

import (
	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// officeRead is what is read aside of this desk and its unit.
type officeRead struct {
	desks []ledger.DeskInfo
	units []ledger.Row[ledger.Unit]
	err   error
}

func readOffice(s *Session) (o officeRead) {
	if o.desks, o.err = s.Reader.Desks(s.context()); o.err != nil {
		return o
	}
	o.units, o.err = s.Reader.Units(s.context())
	return o
}

// path is this desk's unit below those it belongs to, from the root down; the
// district where the desk has none.
func (o *officeRead) path() []ledger.Row[ledger.Unit] {
	for _, d := range o.desks {
		if path := ledger.PathOf(o.units, d.Desk.Unit); d.Own && len(path) > 0 {
			return path
		}
	}
	if district, ok := ledger.District(o.units); ok {
		return []ledger.Row[ledger.Unit]{district}
	}
	return nil
}

func (v *settingsScreen) readOffice() {
	s := v.session
	var read officeRead
	var travel handoff.Standing
	s.Tasks.Do(func() {
		if read = readOffice(s); read.err == nil {
			travel, read.err = readStanding(s.context(), s)
		}
	}, func() {
		if read.err != nil {
			s.Refuse(read.err)
			return
		}
		v.met = travel.Exchanged
		v.showOffice(&read)
	})
}

func (v *settingsScreen) showOffice(read *officeRead) {
	for _, d := range read.desks {
		if d.Own {
			refill(v.desk, &v.own, d.Desk.Name)
		}
	}
	path := read.path()
	if len(path) == 0 {
		return
	}
	over := ""
	if len(path) > 1 {
		over = path[len(path)-2].Value.Name
	}
	refill(v.office, &v.unit.Value.Name, path[len(path)-1].Value.Name)
	refill(v.above, &v.over, over)
	v.unit = path[len(path)-1]
}

// refill shows a name read anew, unless somebody is changing it here.
func refill(f *field, known *string, name string) {
	if f.Text == *known {
		f.SetText(name)
	}
	*known = name
}

func (v *settingsScreen) renameDesk(name string) {
	s := v.session
	var err error
	s.Tasks.Do(func() { err = s.Services.RenameDesk(s.context(), name) }, func() { v.renamed(err) })
}

// renameOffice records a new name of the unit. Its record is everybody's: where
// others have it too, the person is asked first.
func (v *settingsScreen) renameOffice(name string) {
	s, unit := v.session, v.unit
	next := unit.Value
	next.Name, next.Initials = name, initials(name)
	rename := func() error { return s.Book.Correct(s.context(), unit.ID, &next, words.T("settings.rename.reason")) }
	if !v.met || name == unit.Value.Name {
		var err error
		s.Tasks.Do(func() { err = rename() }, func() { v.renamed(err) })
		return
	}
	sh := newSheet(s, s.Window.Canvas(), words.T("settings.rename.title", "was", unit.Value.Name, "name", name), nil, words.T("settings.rename"))
	sh.head.Add(newParagraph(words.T("settings.rename.all"), look.SizeBody, look.ColourText))
	sh.start = func(map[string]string) (func() error, func(), error) { return rename, func() { v.renamed(nil) }, nil }
	sh.show()
}

// moveOffice puts this desk's unit under the one of a name.
func (v *settingsScreen) moveOffice(name string) {
	s, unit := v.session, v.unit
	above := ledger.Unit{Name: name, Initials: initials(name)}
	var err error
	s.Tasks.Do(func() { err = s.Book.MoveUnit(s.context(), unit.ID, above, words.T("settings.move.reason")) }, func() { v.renamed(err) })
}

func (v *settingsScreen) renamed(err error) {
	if err != nil {
		v.session.Refuse(err)
		return
	}
	v.session.Notify(words.T("settings.saved"), nil)
	v.session.Changed()
	v.session.shell.desk.top.readUnits()
}
