package wall

import (
	"math"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// age is how old a site's report is.
func (b *brush) age(s ledger.SiteFigure) time.Duration {
	now := b.Now
	if now.IsZero() {
		now = b.Figures.AsOf
	}
	return max(0, now.Sub(s.At))
}

// alertRows are alerts, each with the word of its level and its sentence.
func (b *brush) alertRows(list []ledger.Alert) []row {
	rows := make([]row, 0, len(list))
	for _, a := range list {
		t := row{key: alertKey(a), head: words.T("shell.alerts.amber"), role: chart.RoleWarn, text: words.Alert(a), changed: b.moot[alertKey(a)]}
		if a.Level == ledger.LevelRed {
			t.head, t.role = words.T("shell.alerts.red"), chart.RoleBad
		}
		rows = append(rows, t)
	}
	return rows
}

// alertKey opens what an alert is about.
func alertKey(a ledger.Alert) string {
	switch a.Kind {
	case ledger.AlertOverdue, ledger.AlertDueSoon:
		return keyOf(keyProblem, int64(a.Record))
	case ledger.AlertReserveStale, ledger.AlertReserveNone:
		return keyOf(keySite, int64(a.Record))
	case ledger.AlertReserve:
		return keyCases
	case ledger.AlertUnheard:
		return keyUnheard
	}
	return keyAlerts
}

// row is one line of a list: a word of state, a name, a text, and something at the
// end that must be seen, such as the days overdue.
type row struct {
	key     string
	head    string     // of the state
	role    chart.Role // of head and tail
	name    string
	text    string
	tail    string
	changed bool
}

// laid is a row with its texts broken into lines.
type laid struct {
	row
	lines []string // the first beside head
	own   bool     // the text begins on a line of its own
	high  float64
}

// list writes rows as large as leaves them all room, up to most; each on one line
// where that takes no more than a step down.
func (b *brush) list(r rect, rows []row, most float64, rest string) {
	chosen := 0.0
	for size := most; size >= b.least(); size-- {
		shown, lines := b.tried(r, rows, size)
		if shown < len(rows) {
			continue
		}
		if chosen == 0 {
			chosen = size
		}
		if lines == len(rows) && size >= most*0.82 {
			chosen = size
			break
		}
	}
	b.rows(r, rows, max(chosen, b.least()), rest)
}

// tried lays rows out to see how many find room, and in how many lines.
func (b *brush) tried(r rect, rows []row, size float64) (shown, lines int) {
	probe := newBrush(b.View, b.Frame)
	shown = probe.rows(r, rows, size, "")
	seen := map[float64]bool{}
	for _, s := range probe.pic.Shapes {
		if s.Kind == chart.KindText {
			seen[s.Y] = true
		}
	}
	return shown, len(seen)
}

// rows lists as many rows as find room whole, counts the others in a line that opens
// rest, and returns how many are shown.
func (b *brush) rows(r rect, list []row, size float64, rest string) int {
	head := 0.0
	for _, t := range list {
		head = max(head, b.ink(t.head, size, true, t.role).w)
	}
	if head > 0 {
		head += size * 0.7
	}
	air := math.Round(size * 0.5)
	line := math.Round(size * lead)
	y := r.y
	for i, t := range list {
		l := b.lay(t, r.w-head, size, line)
		need := l.high
		if i < len(list)-1 {
			need += air + line // room for the line that counts the rest, should the next not fit
		}
		if y+need > r.bottom()+0.5 && !(i == len(list)-1 && y+l.high <= r.bottom()+0.5) {
			b.put(b.ink(words.T("wall.more", "n", len(list)-i), size, false, chart.RoleQuiet), r.x, base(y, size))
			b.hit(rect{r.x, y, r.w, line}, rest, words.T("wall.more", "n", len(list)-i))
			return i
		}
		b.row(l, rect{r.x, y, r.w, l.high}, head, size, line)
		y += l.high + air
	}
	return len(list)
}

// lay breaks a row's text: beside its name and tail where all is short, else beneath.
func (b *brush) lay(t row, w, size, line float64) laid {
	l := laid{row: t}
	name, tail := b.ink(t.name, size, true, chart.RoleText), b.ink(t.tail, size, true, t.role)
	room := w
	if t.name != "" {
		room -= name.w + size*0.6
	}
	if t.tail != "" {
		room -= tail.w + size
	}
	if text := b.ink(t.text, size, false, chart.RoleText); text.w <= room || (t.name == "" && t.tail == "") {
		l.lines = b.lines(t.text, size, false, max(room, size*4))
		l.high = line * float64(max(1, len(l.lines)))
		return l
	}
	l.own = true
	l.lines = b.lines(t.text, size, false, w)
	l.high = line * float64(1+len(l.lines))
	if t.name != "" && t.tail != "" && name.w+size+tail.w > w {
		l.high += line
	}
	return l
}

func (b *brush) row(l laid, r rect, head, size, line float64) {
	if l.changed {
		out := b.of(0.01)
		b.mark(rect{r.x - out, r.y, r.w + 2*out, r.h})
	}
	x, y := r.x, r.y
	b.put(b.ink(l.head, size, true, l.role), x, base(y, size))
	x += head
	name := b.ink(l.name, size, true, chart.RoleText)
	b.put(name, x, base(y, size))
	tail := b.ink(l.tail, size, true, l.role)
	if name.text != "" && l.own && name.w+size+tail.w > r.right()-x {
		y += line
	}
	b.putRight(tail, r.right(), base(y, size))
	at := x
	switch {
	case l.own:
		y += line
	case name.text != "":
		at += name.w + size*0.6
	}
	for _, text := range l.lines {
		b.put(b.ink(text, size, false, chart.RoleText), at, base(y, size))
		y += line
	}
	b.hit(r, l.key, l.name+" "+l.text)
}
