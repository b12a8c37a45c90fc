package wall

import (
	"math"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// age is how old a site's report is.
func (b *brush) age(s ledger.SiteFigure) time.Duration { return max(0, b.now().Sub(s.At)) }

// now is the moment that the page is drawn for.
func (b *brush) now() time.Time {
	if b.Now.IsZero() {
		return b.Figures.AsOf
	}
	return b.Now
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
		return chart.KeyOf(keyProblem, int64(a.Record))
	case ledger.AlertReserveStale, ledger.AlertReserveNone:
		return chart.KeyOf(keySite, int64(a.Record))
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
	names []string
	lines []string
	// beside says that the text begins beside the name, low that the tail has a line
	// of its own.
	beside, low bool
}

// high is how many lines the row takes.
func (l laid) high() int {
	n := len(l.names) + len(l.lines)
	if l.beside {
		n--
	}
	if l.low {
		n++
	}
	return max(n, 1)
}

// list writes rows as large as leaves them all room, up to most.
func (b *brush) list(r rect, rows []row, most float64, rest string) {
	b.rows(r, rows, b.listSize(r, rows, most), rest)
}

// oneLine is the size, against the height of the display, down to which rows that then
// stand on one line each are better than larger ones on several.
const oneLine = 0.041

// listSize is the size that rows are best written at in r.
func (b *brush) listSize(r rect, rows []row, most float64) float64 {
	chosen := 0.0
	for size := most; size >= b.least(); size -= max(1, math.Round(b.H/540)) {
		shown, lines := b.tried(r, rows, size)
		if shown < len(rows) {
			continue
		}
		if chosen == 0 {
			chosen = size
		}
		if size < b.H*oneLine {
			break
		}
		if lines == len(rows) {
			return size
		}
	}
	return max(chosen, b.least())
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
	line := size * lead
	y := r.y
	for i, t := range list {
		l := b.lay(t, r.w-head, size)
		high := line * float64(l.high())
		need := high
		if i < len(list)-1 {
			need += air + line // room for the line that counts the rest, should the next not fit
		}
		if y+need > r.bottom()+0.5 && !(i == len(list)-1 && y+high <= r.bottom()+0.5) {
			b.put(b.ink(words.T("wall.more", "n", len(list)-i), size, false, chart.RoleQuiet), r.x, base(y, size))
			b.hit(rect{r.x, y, r.w, line}, rest, words.T("wall.more", "n", len(list)-i))
			return i
		}
		b.row(l, rect{r.x, y, r.w, high}, head, size)
		y += high + air
	}
	return len(list)
}

// lay breaks a row's texts: all on one line where they are short, else the text
// beneath the name, and the tail after the name where it has room.
func (b *brush) lay(t row, w, size float64) laid {
	l := laid{row: t}
	name, tail := b.ink(t.name, size, true, chart.RoleText), b.ink(t.tail, size, true, t.role)
	room := w
	if t.tail != "" {
		room -= tail.w + size
	}
	if t.name == "" {
		l.lines = chart.Balance(b.Measure, t.text, size, false, room)
		return l
	}
	text := b.ink(t.text, size, false, chart.RoleText)
	if l.beside = name.w+size*0.6+text.w <= room; l.beside {
		l.names, l.lines = []string{t.name}, []string{t.text}
		return l
	}
	l.names = b.lines(t.name, size, true, w)
	l.lines = b.lines(t.text, size, false, w)
	l.low = t.tail != "" && b.ink(l.names[len(l.names)-1], size, true, chart.RoleText).w > room
	return l
}

func (b *brush) row(l laid, r rect, head, size float64) {
	if l.changed {
		out := b.of(0.01)
		b.mark(rect{r.x - out, r.y, r.w + 2*out, r.h})
	}
	line := size * lead
	x, y := r.x+head, r.y
	b.put(b.ink(l.head, size, true, l.role), r.x, base(y, size))
	write := func(text string, bold bool, x float64) {
		b.put(b.ink(text, size, bold, chart.RoleText), x, base(y, size))
		y += line
	}
	for _, name := range l.names {
		write(name, true, x)
	}
	if !l.low && len(l.names) > 0 {
		y -= line
	}
	if l.tail != "" {
		b.putRight(b.ink(l.tail, size, true, l.role), r.right(), base(y, size))
	}
	if l.beside {
		x += b.ink(l.name, size, true, chart.RoleText).w + size*0.6
	} else if len(l.names) > 0 {
		y += line
	}
	for _, text := range l.lines {
		write(text, false, x)
	}
	b.hit(r, l.key, l.name+" "+l.text)
}
