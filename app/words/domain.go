package words

import (
	"errors"
	"strings"
	"time"

	"taizhang/app/ledger"
)

// Sentence is what a person reads about an error: what is wrong, where, and what
// to do. An error that is none of the ledger's is shown as an internal one with
// its own text; nil gives "".
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	var e *ledger.Error
	if !errors.As(err, &e) {
		return T("error.internal", "detail", err.Error())
	}
	return T("error."+string(e.Code), plain(e.Args)...)
}

// plain replaces the code names among an error's arguments by words.
func plain(args []any) []any {
	out := make([]any, len(args))
	copy(out, args)
	for i := 0; i+1 < len(out); i += 2 {
		code, ok := out[i+1].(string)
		if !ok {
			continue
		}
		switch out[i] {
		case "field":
			out[i+1] = T("field." + code)
		case "kind", "want":
			out[i+1] = T("kind." + code)
		case "column":
			out[i+1] = T("column." + code)
		}
	}
	return out
}

// Alert is the sentence of an alert.
func Alert(a ledger.Alert) string { return T("alert."+string(a.Kind), a.Args...) }

// Source names what a batch was taken from, of which the ledger keeps the file's name:
// nothing stands for pasted text.
func Source(file string) string {
	if file == "" {
		return T("history.batch.pasted")
	}
	return file
}

// Kind names a kind of record.
func Kind(k ledger.Kind) string { return T("kind." + k.String()) }

// Channel names a channel of publicity; also that of an item that this ledger has
// no record of yet.
func Channel(c ledger.Channel) string {
	if c < ledger.ChannelNews || c > ledger.ChannelCommunity {
		return T("unknown.channel")
	}
	return T("channel." + c.String())
}

// Form names a form of inspection.
func Form(f ledger.Form) string { return T("form." + f.String()) }

// State names the state of a problem.
func State(s ledger.State) string { return T("state." + s.String()) }

// Period is the word for a kind of period: 本月.
func Period(k ledger.PeriodKind) string {
	switch k {
	case ledger.PeriodToday:
		return T("shell.period.today")
	case ledger.PeriodWeek:
		return T("shell.period.week")
	case ledger.PeriodMonth:
		return T("shell.period.month")
	case ledger.PeriodQuarter:
		return T("shell.period.quarter")
	case ledger.PeriodYear:
		return T("shell.period.year")
	case ledger.PeriodAll:
		return T("shell.period.all")
	}
	return T("shell.period.custom")
}

// Plan names an isolation plan.
func Plan(p ledger.Plan) string {
	if p == ledger.PlanStandby {
		return T("plan.standby")
	}
	return T("plan.ready")
}

// Op names what a revision did.
func Op(o ledger.Op) string {
	switch o {
	case ledger.OpCorrect:
		return T("op.correct")
	case ledger.OpVoid:
		return T("op.void")
	}
	return T("op.create")
}

// Count writes a number, or 未报 when it is not stated.
func Count(c ledger.Count) string {
	if !c.Known {
		return T("count.unstated")
	}
	return ledger.GroupDigits(c.N)
}

// Signed writes a difference as ＋35 or －2, "" for none.
func Signed(delta int64) string {
	switch {
	case delta > 0:
		return "＋" + ledger.GroupDigits(delta)
	case delta < 0:
		return "－" + ledger.GroupDigits(-delta)
	}
	return ""
}

// Quantity writes a quantity as the clerk did: 3,681, 35万, 1.2万余. English has
// no 万 and writes its digits out.
func Quantity(q ledger.Quantity) string {
	digits := ledger.GroupDigits(q.Value)
	if q.Wan && Current() != English {
		exact := ledger.Quantity{Value: q.Value, Wan: true}
		digits = T("quantity.wan", "n", strings.TrimSuffix(exact.String(), "万"))
	}
	switch q.Approx {
	case ledger.About:
		return T("quantity.about", "n", digits)
	case ledger.Nearly:
		return T("quantity.nearly", "n", digits)
	case ledger.Over:
		return T("quantity.over", "n", digits)
	}
	return digits
}

// Sum writes a sum, with 约 when any part was approximate.
func Sum(s ledger.Sum) string {
	digits := ledger.GroupDigits(s.Value)
	if s.Approx {
		return T("quantity.about", "n", digits)
	}
	return digits
}

// Age says how long ago something was: 刚刚, 5 分钟前, 3 小时前, 2 天前.
func Age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return T("age.now")
	case d < time.Hour:
		return T("age.minutes", "n", int(d/time.Minute))
	case d < 48*time.Hour:
		return T("age.hours", "n", int(d/time.Hour))
	}
	return T("age.days", "n", int(d/(24*time.Hour)))
}
