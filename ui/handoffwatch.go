package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/handoff/drives"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// stick is one removable drive or watched folder, and what lies on it.
type stick struct {
	drives.Drive
	found []handoff.Found
	taken []handoff.Taken // receipts for this desk
	err   error           // why it could not be read
}

// news counts the bundles that are for this desk and not merged yet.
func (k *stick) news() (n int) {
	for i := range k.found {
		if bundleState(&k.found[i]) == bundleNew {
			n++
		}
	}
	return n
}

// stickWatch follows the sticks whatever place is shown, so that a stick is
// noticed from anywhere. All methods are called on the UI goroutine.
type stickWatch struct {
	s      *Session
	ctx    context.Context // ends with the desk
	end    context.CancelFunc
	sticks []stick
	read   bool // sticks have been looked at once

	stop    context.CancelFunc // of the watching under way
	latest  func(work func(context.Context), done func())
	onNews  func() // the place shows the sticks
	noticed func(k *stick, bundles, receipts int)
}

func newStickWatch(s *Session) *stickWatch {
	w := &stickWatch{s: s, latest: s.Tasks.Latest()}
	w.ctx, w.end = context.WithCancel(context.Background())
	return w
}

// start begins to watch, or begins again with other folders.
func (w *stickWatch) start() {
	if w.s.Handoff == nil || w.ctx.Err() != nil {
		return
	}
	if w.stop != nil {
		w.stop()
	}
	ctx, stop := context.WithCancel(w.ctx)
	w.stop = stop
	folders := w.s.Settings.Get().Sticks
	w.s.Tasks.Do(func() {
		w.s.Handoff.Watch(ctx, folders, func(list []drives.Drive) {
			sticks := lookAtSticks(ctx, w.s.Handoff, list, true)
			w.s.Tasks.UI(func() {
				if ctx.Err() == nil {
					w.show(sticks)
				}
			})
		})
	}, nil)
}

// close ends the watching, and the work that was begun under ctx.
func (w *stickWatch) close() { w.end() }

// lookAtSticks reads what lies on every drive; with take it also takes the
// receipts. It runs aside.
func lookAtSticks(ctx context.Context, h Handoff, list []drives.Drive, take bool) []stick {
	sticks := make([]stick, 0, len(list))
	for _, d := range list {
		k := stick{Drive: d}
		if take {
			k.taken, _ = h.Receipts(ctx, d.Path) // Look meets the same fault, and says so
		}
		k.found, k.err = h.Look(ctx, d.Path)
		sticks = append(sticks, k)
	}
	return sticks
}

// again looks at the same sticks once more: the ledger has changed.
func (w *stickWatch) again() {
	if w.s.Handoff == nil || !w.read {
		return
	}
	list := make([]drives.Drive, 0, len(w.sticks))
	for i := range w.sticks {
		list = append(list, w.sticks[i].Drive)
	}
	var sticks []stick
	w.latest(func(ctx context.Context) { sticks = lookAtSticks(ctx, w.s.Handoff, list, false) }, func() {
		if !slices.EqualFunc(list, w.sticks, func(d drives.Drive, k stick) bool { return d.Path == k.Path }) {
			return // a stick came or went meanwhile, and was looked at
		}
		for i := range sticks {
			sticks[i].taken = w.sticks[i].taken
		}
		w.sticks = sticks
		w.tell()
	})
}

// show takes over what is on the sticks and says what is new on them.
func (w *stickWatch) show(sticks []stick) {
	for i := range sticks {
		k := &sticks[i]
		bundles, receipts := k.news(), 0
		for t := range k.taken {
			if k.taken[t].News {
				receipts++
			}
		}
		if old := w.stick(k.Path); old != nil {
			bundles -= old.news() // those were told of before
		}
		if w.noticed != nil && (bundles > 0 || receipts > 0) {
			w.noticed(k, bundles, receipts)
		}
	}
	w.sticks, w.read = sticks, true
	w.tell()
}

func (w *stickWatch) tell() {
	if w.onNews != nil {
		w.onNews()
	}
}

func (w *stickWatch) stick(path string) *stick {
	for i := range w.sticks {
		if w.sticks[i].Path == path {
			return &w.sticks[i]
		}
	}
	return nil
}

// newest is the path of the stick to show first: one with something new on it.
func (w *stickWatch) newest() string {
	for i := range w.sticks {
		if w.sticks[i].news() > 0 {
			return w.sticks[i].Path
		}
	}
	if len(w.sticks) > 0 {
		return w.sticks[0].Path
	}
	return ""
}

// addFolder watches a folder as if it were a stick, from now on.
func (w *stickWatch) addFolder(path string) {
	w.s.changeSettings(func(v *settings.Values) {
		if !slices.Contains(v.Sticks, path) {
			v.Sticks = append(slices.Clone(v.Sticks), path)
		}
	})
	w.start()
}

// dropFolder stops watching a folder.
func (w *stickWatch) dropFolder(path string) {
	w.s.changeSettings(func(v *settings.Values) {
		v.Sticks = slices.DeleteFunc(slices.Clone(v.Sticks), func(p string) bool { return p == path })
	})
	w.start()
}

// ownFolder reports whether a path is a folder that the person added.
func (w *stickWatch) ownFolder(path string) bool {
	return slices.Contains(w.s.Settings.Get().Sticks, path)
}

// changeSettings changes a setting. One that cannot be saved holds until the
// window closes.
func (s *Session) changeSettings(f func(*settings.Values)) {
	if err := s.Settings.Change(f); err != nil && s.Services.Log != nil {
		s.Services.Log(err)
	}
}

// tellOfStick says at the foot of the window what a stick has brought, wherever
// the person is, with the way there.
func (d *desk) tellOfStick(k *stick, bundles, receipts int) {
	if d.place == PlaceHandoff {
		return // it is on the screen
	}
	text := words.T("handoffui.noticed", "name", k.Label, "bundles", bundles)
	if bundles <= 0 {
		text = words.T("handoffui.noticed.receipts", "name", k.Label, "receipts", receipts)
	}
	n := d.shell.notices
	var there fyne.CanvasObject = look.NewButton(words.T("handoffui.noticed.go"), nil, look.Plain, func() {
		n.hide()
		d.open(Opening{Place: PlaceHandoff})
	})
	n.show(look.ColourBlueTint, look.ColourAccent, look.Text("● "+text, look.SizeBody, true, look.ColourText), there, refusalTime)
}
