package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/traditionalchinese"
)

func texts(t *testing.T) map[Language]map[string]string {
	t.Helper()
	all := map[Language]map[string]string{}
	for _, l := range Languages {
		raw, err := read(l)
		if err != nil {
			t.Fatal(err)
		}
		all[l] = raw
	}
	return all
}

func TestLanguagesHaveTheSameKeysAndPlaces(t *testing.T) {
	all := texts(t)
	for _, l := range Languages {
		for key := range all[Simplified] {
			if _, ok := all[l][key]; !ok {
				t.Errorf("%s has no text for %q", l, key)
			}
		}
		for key, text := range all[l] {
			base, ok := all[Simplified][key]
			if !ok {
				t.Errorf("%q is in %s but not in %s", key, l, Simplified)
			} else if got, want := placesOf(text), placesOf(base); !slices.Equal(got, want) {
				t.Errorf("%s: %q has places %v, but %v in %s", l, key, got, want, Simplified)
			}
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %q is empty", l, key)
			}
			for _, pair := range []string{"{}", "[]"} {
				if strings.Count(text, pair[:1]) != strings.Count(text, pair[1:]) {
					t.Errorf("%s: %q has unbalanced %s: %s", l, key, pair, text)
				}
			}
		}
	}
}

var place = regexp.MustCompile(`\{([^}|]*)`)

func placesOf(text string) []string {
	var names []string
	for _, m := range place.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// alsoInBig5 are simplified characters that Big5 has for other, rare words.
const alsoInBig5 = "万与个从无号据离几听尽异弃胜众体币后于么个"

// TestTraditionalIsTraditional finds texts that were not translated: a simplified
// character is not in Big5, except a few.
func TestTraditionalIsTraditional(t *testing.T) {
	for key, text := range texts(t)[Traditional] {
		for _, r := range text {
			if !unicode.Is(unicode.Han, r) {
				continue
			}
			_, err := traditionalchinese.Big5.NewEncoder().String(string(r))
			if err != nil || strings.ContainsRune(alsoInBig5, r) {
				t.Errorf("%q has the simplified %c: %s", key, r, text)
			}
		}
	}
}

// sources parses every Go file of the program that is no test.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	root := filepath.Join("..", "..")
	files := map[string]*ast.File{}
	for _, dir := range []string{"app", "ui", "data"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err == nil {
				files[path] = f
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return files
}

// literal is the value of a string literal, or "".
func literal(e ast.Expr) string {
	if b, ok := e.(*ast.BasicLit); ok && b.Kind == token.STRING {
		s, _ := strconv.Unquote(b.Value)
		return s
	}
	return ""
}

// isT reports whether call is words.T(…), or T(…) inside this package.
func isT(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "T"
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && x.Name == "words" && (f.Sel.Name == "T" || f.Sel.Name == "Has")
	}
	return false
}

// constants lists the values of the string constants of a named type in the
// ledger's sources.
func constants(t *testing.T, typeName string) []string {
	t.Helper()
	var values []string
	for path, f := range sources(t) {
		if filepath.Base(filepath.Dir(path)) != "ledger" {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == typeName {
				for _, e := range v.Values {
					values = append(values, literal(e))
				}
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("no constants of type %s found", typeName)
	}
	return values
}

// families are keys that are made from code names: exactly these must exist.
func families(t *testing.T) map[string][]string {
	return map[string][]string{
		"error.": constants(t, "Code"),
		"alert.": constants(t, "AlertKind"),
		"kind.": {"desk", "unit", "item", "publicity", "site", "reserve", "inspection", "problem", "cases", "batch",
			"record"},
		"channel.": {"news", "online", "community"},
		"form.":    {"announced", "unannounced", "special"},
		"state.":   {"open", "rectified", "closed"},
		"field.": {"rooms", "ready", "occupied", "cleaning", "unavailable", "cases", "visits", "problems",
			"directives", "name", "note", "text", "directive", "rectified", "evidence", "second", "measure", "reason"},
	}
}

func familyOf(families map[string][]string, key string) (string, bool) {
	for prefix := range families {
		if strings.HasPrefix(key, prefix) {
			return prefix, true
		}
	}
	return "", false
}

func TestKeysOfFamilies(t *testing.T) {
	have := texts(t)[Simplified]
	all := families(t)
	for prefix, names := range all {
		for _, name := range names {
			if _, ok := have[prefix+name]; !ok {
				t.Errorf("%q has no text", prefix+name)
			}
		}
	}
	for key := range have {
		if prefix, ok := familyOf(all, key); ok && !slices.Contains(all[prefix], strings.TrimPrefix(key, prefix)) {
			t.Errorf("%q is the text of nothing", key)
		}
	}
}

func TestKeysInTheCode(t *testing.T) {
	have := texts(t)[Simplified]
	literals := map[string]bool{}
	var prefixes []string
	for path, f := range sources(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				literals[literal(n)] = true
			case *ast.CallExpr:
				if !isT(n) || len(n.Args) == 0 {
					return true
				}
				if key := literal(n.Args[0]); key != "" {
					if _, ok := have[key]; !ok {
						t.Errorf("%s uses %q, which has no text", path, key)
					}
				}
				if sum, ok := n.Args[0].(*ast.BinaryExpr); ok && literal(sum.X) != "" {
					prefixes = append(prefixes, literal(sum.X))
				}
			}
			return true
		})
	}
	all := families(t)
	for key := range have {
		if _, ok := familyOf(all, key); ok || literals[key] {
			continue
		}
		if !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("%q is used nowhere", key)
		}
	}
}
