package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// listed is what `go list -json` says of one package.
type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// all is everything the package and its tests import.
func (p listed) all() []string {
	return slices.Concat(p.Imports, p.TestImports, p.XTestImports)
}

// under reports whether an import path is root or lies below it.
func under(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// isCore reports whether a package belongs to the core: app/* without app itself.
func isCore(path string) bool { return strings.HasPrefix(path, "taizhang/app/") }

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && !under(path, "taizhang")
}

// rules are ARCHITECTURE.md's one sentence, clause by clause. Tests obey them too, except
// that those of app/ledger may use what checks it.
var rules = []struct {
	says   string
	breaks func(p listed, imported string) bool
}{
	{"ui and data never meet", func(p listed, imported string) bool {
		return under(p.ImportPath, "taizhang/ui") && under(imported, "taizhang/data") ||
			under(p.ImportPath, "taizhang/data") && under(imported, "taizhang/ui")
	}},
	{"the core knows neither ui nor data", func(p listed, imported string) bool {
		return isCore(p.ImportPath) && (under(imported, "taizhang/ui") || under(imported, "taizhang/data"))
	}},
	{"only ui and app know Fyne", func(p listed, imported string) bool {
		return under(imported, "fyne.io") && !under(p.ImportPath, "taizhang/ui") && p.ImportPath != "taizhang/app"
	}},
	{"only data knows SQL", func(p listed, imported string) bool {
		sql := under(imported, "database/sql") || under(imported, "github.com/mattn/go-sqlite3")
		return sql && !under(p.ImportPath, "taizhang/data")
	}},
	{"only app opens Fyne's window", func(p listed, imported string) bool {
		return imported == "fyne.io/fyne/v2/app" && p.ImportPath != "taizhang/app"
	}},
	{"nobody knows app", func(p listed, imported string) bool { return imported == "taizhang/app" }},
	{"assets knows nobody", func(p listed, imported string) bool {
		return under(p.ImportPath, "taizhang/assets") && under(imported, "taizhang") && !under(imported, "taizhang/assets")
	}},
	{"the domain is of the standard library alone", func(p listed, imported string) bool {
		return p.ImportPath == "taizhang/app/ledger" && !isStandard(imported) && slices.Contains(p.Imports, imported)
	}},
}

// breaches lists what in the packages is against the rules.
func breaches(packages []listed) []string {
	var list []string
	for _, p := range packages {
		for _, imported := range p.all() {
			for _, r := range rules {
				if r.breaks(p, imported) {
					list = append(list, p.ImportPath+" imports "+imported+": "+r.says)
				}
			}
		}
	}
	return list
}

func TestHouseStands(t *testing.T) {
	cmd := exec.Command("go", "list", "-tags", "x11", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = ".."
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	for _, want := range []string{"taizhang/app", "taizhang/app/ledger", "taizhang/data", "taizhang/ui", "taizhang/assets"} {
		if !slices.ContainsFunc(packages, func(p listed) bool { return p.ImportPath == want }) {
			t.Errorf("go list does not know %s", want)
		}
	}
	for _, breach := range breaches(packages) {
		t.Error(breach)
	}
}

func TestHouseRulesNotice(t *testing.T) {
	for _, wrong := range [][3]string{
		{"taizhang/ui", "taizhang/data", "ui and data never meet"},
		{"taizhang/data", "taizhang/ui/grid", "ui and data never meet"},
		{"taizhang/app/chart", "taizhang/ui/look", "the core knows neither ui nor data"},
		{"taizhang/app/sample", "taizhang/data", "the core knows neither ui nor data"},
		{"taizhang/app/words", "fyne.io/fyne/v2/lang", "only ui and app know Fyne"},
		{"taizhang/ui/grid", "database/sql", "only data knows SQL"},
		{"taizhang/app", "github.com/mattn/go-sqlite3", "only data knows SQL"},
		{"taizhang/ui", "fyne.io/fyne/v2/app", "only app opens Fyne's window"},
		{"taizhang/ui", "taizhang/app", "nobody knows app"},
		{"taizhang/assets", "taizhang/app/ledger", "assets knows nobody"},
		{"taizhang/app/ledger", "golang.org/x/text/width", "the domain is of the standard library alone"},
	} {
		found := breaches([]listed{{ImportPath: wrong[0], Imports: []string{wrong[1]}}})
		if !slices.ContainsFunc(found, func(s string) bool { return strings.HasSuffix(s, wrong[2]) }) {
			t.Errorf("%s imports %s: not noticed, only %q", wrong[0], wrong[1], found)
		}
	}
	right := []listed{
		{ImportPath: "taizhang/ui", Imports: []string{"fyne.io/fyne/v2", "taizhang/app/ledger", "taizhang/assets"}},
		{ImportPath: "taizhang/data", Imports: []string{"database/sql", "taizhang/app/ledger"}},
		{ImportPath: "taizhang/app", Imports: []string{"fyne.io/fyne/v2/app", "taizhang/ui", "taizhang/data"}},
		{ImportPath: "taizhang/app/ledger", Imports: []string{"time"}, TestImports: []string{"pgregory.net/rapid"}},
	}
	if found := breaches(right); len(found) > 0 {
		t.Errorf("noticed what is right: %q", found)
	}
}

// The owner fixed the folders at the top.
func TestHouseHasItsRoomsOnly(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	rooms := []string{"app", "assets", "data", "dist", "ui"}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(rooms, e.Name()) {
			t.Errorf("a folder %s at the top: the house has %v", e.Name(), rooms)
		}
	}
}

func TestVersionIsTheSameEverywhere(t *testing.T) {
	for file, pattern := range map[string]string{
		"CHANGELOG.md": `(?m)^## \[(\d[^\]]*)\]`,
		"FyneApp.toml": `(?m)^Version = "([^"]*)"`,
	} {
		if says := firstMatch(t, file, pattern); says != version {
			t.Errorf("%s says %s, the program %s", file, says, version)
		}
	}
}

// Whatever go.mod asks for directly has a row, with its version, that says why.
func TestDependenciesAreAccountedFor(t *testing.T) {
	table := readTop(t, "ARCHITECTURE.md")
	mod := readTop(t, "go.mod")
	var asked [][]string
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) (v\S+)$`).FindAllStringSubmatch(mod, -1) {
		asked = append(asked, m[1:])
	}
	if tool := firstMatch(t, "go.mod", `(?m)^tool (\S+)`); tool != "" {
		m := regexp.MustCompile(`(?m)^\t(\S+) (v\S+) // indirect$`).FindAllStringSubmatch(mod, -1)
		i := slices.IndexFunc(m, func(m []string) bool { return under(tool, m[1]) })
		if i < 0 {
			t.Fatalf("go.mod does not ask for the module of %s", tool)
		}
		asked = append(asked, m[i][1:])
	}
	if len(asked) < 2 {
		t.Fatal("go.mod asks for nothing")
	}
	for _, a := range asked {
		if row := "\n| " + a[0] + " | " + a[1] + " | "; !strings.Contains(table, row) {
			t.Errorf("ARCHITECTURE.md has no row for %s %s", a[0], a[1])
		}
	}
}

func firstMatch(t *testing.T, file, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(readTop(t, file))
	if m == nil {
		t.Fatalf("%s has no %s", file, pattern)
	}
	return m[1]
}

// readTop reads a file at the top of the tree.
func readTop(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
