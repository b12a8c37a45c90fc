package words

import (
	"errors"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
)

func use(t *testing.T, l Language) {
	t.Helper()
	before := Current()
	Use(l)
	t.Cleanup(func() { Use(before) })
}

func TestTFillsPlaces(t *testing.T) {
	use(t, English)
	got := T("error.day-future", "day", ledger.Day(0), "today", ledger.Day(31))
	if want := "2000-01-01 is in the future (today is 2000-02-01). Please check the date."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := T("no.such.key"); got != "⟨no.such.key⟩" {
		t.Errorf("missing key gave %q", got)
	}
}

func TestTemplate(t *testing.T) {
	for _, c := range []struct {
		text  string
		pairs []any
		want  string
	}{
		{"{n} {n|entry|entries}", []any{"n", 1}, "1 entry"},
		{"{n} {n|entry|entries}", []any{"n", int64(12345)}, "12,345 entries"},
		{"no unit[: “{name}”].[ Try {near}.]", []any{"name", "甲", "near", ""}, "no unit: “甲”."},
		{"no unit[: “{name}”].[ Try {near}.]", nil, "no unit."},
		{"no unit[: “{name}”].[ Try {near}.]", []any{"name", "", "near", []string{"乙", "丙"}}, "no unit. Try 乙, 丙."},
		{"cut {off", []any{"off", 1}, "cut {off"},
		{"{a}{b}", []any{"a", "x", "a", "y"}, "y"},
	} {
		use(t, English)
		if got := parseTemplate(c.text).fill(c.pairs); got != c.want {
			t.Errorf("%q with %v gave %q, want %q", c.text, c.pairs, got, c.want)
		}
	}
}

func TestSentence(t *testing.T) {
	use(t, Simplified)
	err := ledger.Refuse(ledger.CodeRecordKind, "kind", "site", "want", "problem")
	if got, want := Sentence(err), "这条记录是隔离点，这里要的是问题。请核对编号。"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Sentence(errors.New("boom")); !strings.Contains(got, "boom") {
		t.Errorf("a foreign error lost its text: %q", got)
	}
	if got := Sentence(nil); got != "" {
		t.Errorf("no error gave %q", got)
	}
}

func TestQuantityReadsBack(t *testing.T) {
	for _, l := range []Language{Simplified, Traditional} {
		use(t, l)
		for _, text := range []string{"3,681", "1.2万余", "35万", "约700", "近3,000"} {
			q, err := ledger.ParseQuantity(text)
			if err != nil {
				t.Fatal(err)
			}
			back, err := ledger.ParseQuantity(Quantity(q))
			if err != nil || back != q {
				t.Errorf("%s: %s printed as %s reads back as %+v (%v)", l, text, Quantity(q), back, err)
			}
		}
	}
	use(t, English)
	if got := Quantity(ledger.Quantity{Value: 12000, Wan: true, Approx: ledger.Over}); got != "over 12,000" {
		t.Errorf("English quantity: %q", got)
	}
}

func TestAge(t *testing.T) {
	use(t, Simplified)
	for d, want := range map[time.Duration]string{
		-time.Hour: "刚刚", 59 * time.Second: "刚刚", time.Minute: "1 分钟前",
		3*time.Hour + 59*time.Minute: "3 小时前", 47 * time.Hour: "47 小时前", 48 * time.Hour: "2 天前",
	} {
		if got := Age(d); got != want {
			t.Errorf("Age(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestSystemLanguage(t *testing.T) {
	for value, want := range map[string]Language{
		"zh_CN.UTF-8": Simplified, "zh_TW.UTF-8": Traditional, "zh_HK": Traditional, "zh-Hant": Traditional,
		"zh-hant-tw": Traditional, "zh_SG": Simplified, "en_GB.UTF-8": English, "C.UTF-8": Simplified,
		"POSIX": Simplified, "de_DE": English, "": Simplified,
	} {
		for _, name := range []string{"TAIZHANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
			t.Setenv(name, "")
		}
		t.Setenv("LANG", value)
		if got := System(); got != want {
			t.Errorf("LANG=%q gives %s, want %s", value, got, want)
		}
	}
	t.Setenv("LANG", "zh_CN.UTF-8")
	t.Setenv("TAIZHANG_LANG", "en")
	if got := System(); got != English {
		t.Errorf("TAIZHANG_LANG=en is not heeded: %s", got)
	}
}
