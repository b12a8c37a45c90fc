package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/ui"
)

var readmes = []string{"README.md", "README.zh-CN.md"}

// readmeExamples are the commands in the first column of a README's tables.
func readmeExamples(t *testing.T, file string) []string {
	t.Helper()
	var list []string
	for _, m := range regexp.MustCompile("(?m)^\\| `taizhang ([^`]+)` \\|").FindAllStringSubmatch(readTop(t, file), -1) {
		list = append(list, m[1])
	}
	return list
}

// otherDesk plays who README's examples have to do with, a desk that exchanges
// bundles and an office that sends a report: what it does before an example.
func otherDesk(t *testing.T) map[string]func() {
	home, other := os.Getenv("TAIZHANG_HOME"), filepath.Join(t.TempDir(), "other")
	there := func(args ...string) {
		t.Helper()
		t.Setenv("TAIZHANG_HOME", other)
		defer t.Setenv("TAIZHANG_HOME", home)
		var out, complaint bytes.Buffer
		if code := run(args, &out, &complaint); code != exitDone {
			t.Fatalf("the other desk: taizhang %v: exit %d, %s", args, code, complaint.String())
		}
	}
	for _, folder := range []string{"stick", "in"} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	sent := func(file, text string) func() {
		return func() {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return map[string]func(){
		"intake report.txt": sent("report.txt", "11月20日，悬挂宣传条幅24幅，发放宣传单300份。"),
		"intake rows.csv":   sent("rows.csv", "单位,日期,条目,数量\n临江街道,2026-11-20,电子屏,3\n"),
		"pair 指挥部.card": func() {
			there("init", "--district", "宁江区", "--desk", "指挥部-01")
			there("card", "--out", "指挥部.card")
			there("pair", "card.txt")
			there("handoff", "export", "--to", "值班室-01", "in/down.tzb")
		},
	}
}

// What README shows works, in the order it is shown; ID is what the command before printed.
func TestREADMEExamplesWork(t *testing.T) {
	local := time.Local
	t.Cleanup(func() { time.Local = local }) // TAIZHANG_NOW sets it
	t.Setenv("TAIZHANG_HOME", filepath.Join(t.TempDir(), "home"))
	t.Setenv("TAIZHANG_NOW", "2026-11-22T17:05:00+08:00")
	t.Setenv("TAIZHANG_LANG", "en")
	t.Setenv("TAIZHANG_LEDGER", "")
	examples := readmeExamples(t, readmes[0])
	t.Chdir(t.TempDir())
	before := otherDesk(t)
	shown := map[string]bool{}
	id := ""
	for _, example := range examples {
		args := strings.Fields(example)
		for i := range args {
			if args[i] == "ID" {
				args[i] = id
			}
		}
		if prepare := before[example]; prepare != nil {
			prepare()
		}
		var out, complaint bytes.Buffer
		if args[0] == "wall" { // needs a display: what can be told without one is that it is understood
			p := &program{}
			if err := p.wallFlags(p.flags("wall"), args[1:], &ui.WallPlace{}); err != nil {
				t.Errorf("taizhang %s: %v", example, err)
			}
			shown[args[0]] = true
			continue
		}
		if code := run(args, &out, &complaint); code != exitDone {
			t.Errorf("taizhang %s: exit %d, %s", example, code, complaint.String())
		}
		if line := strings.TrimSpace(out.String()); regexp.MustCompile(`^[0-9a-f]{8}-\d+$`).MatchString(line) {
			id = line
		}
		shown[args[0]] = true
	}
	for _, c := range commands() {
		if !shown[c.name] && c.name != "version" {
			t.Errorf("README shows no example of taizhang %s", c.name)
		}
	}
}

// The Chinese README has the same commands, pictures and files in it.
func TestREADMEsAreTwins(t *testing.T) {
	for what, pattern := range map[string]string{
		"examples": "(?m)^\\| `taizhang [^`]+`", "blocks": "(?ms)^```sh.*?^```", "links": `\]\([^)]*\)`, "marks": `<!--.*?-->`,
	} {
		of := func(file string) []string {
			found := regexp.MustCompile(pattern).FindAllString(readTop(t, file), -1)
			for i, s := range found {
				found[i] = regexp.MustCompile(` +#.*|README\S*md`).ReplaceAllString(s, "")
			}
			return found
		}
		english, chinese := of(readmes[0]), of(readmes[1])
		if len(english) == 0 || !slices.Equal(english, chinese) {
			t.Errorf("%s differ:\n%q\n%q", what, english, chinese)
		}
	}
}

func TestDocumentsLinkToWhatIsThere(t *testing.T) {
	for _, file := range append(readmes, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md") {
		for _, m := range regexp.MustCompile(`\]\(([^):]+)\)`).FindAllStringSubmatch(readTop(t, file), -1) {
			path, _, _ := strings.Cut(m[1], "#")
			if _, err := os.Stat(filepath.Join("..", path)); err != nil {
				t.Errorf("%s links to %s: %v", file, m[1], err)
			}
		}
	}
}

func TestREADMETargetsExist(t *testing.T) {
	makefile := readTop(t, "Makefile")
	for _, file := range append(readmes, "CONTRIBUTING.md") {
		for _, m := range regexp.MustCompile("(?m)(?:^|`)make ([a-z]+)").FindAllStringSubmatch(readTop(t, file), -1) {
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("%s says make %s; the Makefile has no such target", file, m[1])
			}
		}
	}
}
