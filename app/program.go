package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/data"
)

// The exit codes.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// program is one run of the program: where its things live and what its flags
// said.
type program struct {
	stdout, stderr io.Writer
	home           string // folder of ledger, keys, settings, backups and log
	now            func() time.Time
	clock          clock
	settings       *settings.Settings

	ledger   string // --ledger
	author   string // --author
	language string // --lang
	json     bool   // --json
}

// command is one subcommand.
type command struct {
	name   string
	syntax string // what follows the name, for help
	run    func(ctx context.Context, p *program, args []string) error
}

// usageError is a wrong use of the command line: exit 2.
type usageError struct {
	key  string // of the sentence
	args []any
}

func (e *usageError) Error() string { return words.T(e.key, e.args...) }

func usage(key string, args ...any) error { return &usageError{key: key, args: args} }

// run does what the arguments say and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	p, err := newProgram(stdout, stderr)
	if err == nil {
		err = p.dispatch(args)
	}
	var wrong *usageError
	var code exitCode
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &wrong):
		fmt.Fprintln(stderr, wrong.Error()+words.T("usage.hint"))
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, words.T("usage.stopped"))
		return exitRefused
	}
	fmt.Fprintln(stderr, words.Sentence(err))
	return exitRefused
}

// exitCode is the outcome of the window, which has already said why.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit %d", int(c)) }

func newProgram(stdout, stderr io.Writer) (*program, error) {
	p := &program{stdout: stdout, stderr: stderr, now: time.Now}
	words.Use(words.System())
	home, err := homeFolder()
	if err != nil {
		return nil, err
	}
	p.home = home
	p.settings = settings.Load(filepath.Join(home, "settings.json"))
	if l, ok := words.Parse(p.settings.Get().Language); ok && os.Getenv("TAIZHANG_LANG") == "" {
		words.Use(l)
	}
	if text := os.Getenv("TAIZHANG_NOW"); text != "" {
		if p.clock, err = parseClock(text); err != nil {
			return nil, err
		}
		// Moments read back from the ledger must fall on the same days as now.
		time.Local = p.clock.at.Location()
		p.now = p.clock.now
	}
	return p, nil
}

// homeFolder is TAIZHANG_HOME, or the folder that the platform has for a
// program's data.
func homeFolder() (string, error) {
	if home := os.Getenv("TAIZHANG_HOME"); home != "" {
		return filepath.Abs(home)
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Taizhang"), nil
		}
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "taizhang"), nil
	}
	user, err := os.UserHomeDir()
	if err != nil {
		return "", usage("usage.home")
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(user, "Library", "Application Support", "Taizhang"), nil
	}
	return filepath.Join(user, ".local", "share", "taizhang"), nil
}

func (p *program) dispatch(args []string) error {
	if len(args) == 0 {
		return p.window(nil)
	}
	switch args[0] {
	case "-h", "--help", "-help":
		args = append([]string{"help"}, args[1:]...)
	case "--version", "-version":
		args = append([]string{"version"}, args[1:]...)
	}
	if strings.HasPrefix(args[0], "-") {
		return p.window(args)
	}
	c, ok := commandNamed(args[0])
	if !ok {
		return usage("usage.command", "name", args[0])
	}
	if slices.Contains(args, "-h") || slices.Contains(args, "--help") {
		return runHelp(context.Background(), p, args[:1])
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return c.run(ctx, p, args[1:])
}

// window shows the window; its flags are those that every command has.
func (p *program) window(args []string) error {
	fs := p.flags("")
	if rest, err := p.parse(fs, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usage("usage.extra", "text", rest[0])
	}
	path, err := filepath.Abs(p.path())
	if err != nil {
		return err
	}
	if code := showWindow(p.place(path), p.stderr); code != 0 {
		return exitCode(code)
	}
	return nil
}

// place is where a window of this program finds its things.
func (p *program) place(path string) windowPlace {
	return windowPlace{Ledger: path, Home: p.home, Version: version, Now: p.now, Fixed: p.clock.fixed(), Pace: p.clock.pace()}
}

// flags makes the flags of a command, with those that all have.
func (p *program) flags(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&p.ledger, "ledger", "", "")
	fs.StringVar(&p.author, "author", "", "")
	fs.StringVar(&p.language, "lang", "", "")
	fs.BoolVar(&p.json, "json", false, "")
	return fs
}

// parse reads flags wherever they stand among the arguments and returns the
// rest. After "--" nothing is a flag.
func (p *program) parse(fs *flag.FlagSet, args []string) (rest []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			return nil, flagError(err)
		}
		if n := len(args) - fs.NArg(); n > 0 && args[n-1] == "--" {
			rest = append(rest, fs.Args()...)
			break
		}
		if fs.NArg() == 0 {
			break
		}
		rest, args = append(rest, fs.Arg(0)), fs.Args()[1:]
	}
	if p.language != "" {
		l, ok := words.Parse(p.language)
		if !ok {
			return nil, usage("usage.language", "text", p.language)
		}
		words.Use(l)
	}
	return rest, nil
}

// flagError says what package flag found in the language of the person. Its
// errors carry no type, only English text around the flag's name.
func flagError(err error) error {
	text := err.Error()
	for prefix, key := range map[string]string{
		"flag provided but not defined: -": "usage.flag",
		"flag needs an argument: -":        "usage.value",
	} {
		if name, ok := strings.CutPrefix(text, prefix); ok {
			return usage(key, "name", name)
		}
	}
	return usage("usage.broken", "text", text)
}

// arguments parses the flags and wants exactly the named arguments.
func (p *program) arguments(fs *flag.FlagSet, args []string, names ...string) ([]string, error) {
	rest, err := p.parse(fs, args)
	switch {
	case err != nil:
		return nil, err
	case len(rest) < len(names):
		return nil, usage("usage.argument", "name", names[len(rest)])
	case len(rest) > len(names):
		return nil, usage("usage.extra", "text", rest[len(names)])
	}
	return rest, nil
}

// require refuses when one of the flags was not given.
func require(fs *flag.FlagSet, names ...string) error {
	given := givenFlags(fs)
	for _, name := range names {
		if !given[name] {
			return usage("usage.missing", "name", name)
		}
	}
	return nil
}

func givenFlags(fs *flag.FlagSet) map[string]bool {
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	return given
}

// path is the ledger named by --ledger, by TAIZHANG_LEDGER, or the person's own.
func (p *program) path() string {
	if p.ledger != "" {
		return p.ledger
	}
	if path := os.Getenv("TAIZHANG_LEDGER"); path != "" {
		return path
	}
	return filepath.Join(p.home, "ledger.db")
}

func (p *program) options() data.Options { return data.Options{Home: p.home, Now: p.now} }

// open opens the ledger for writing.
func (p *program) open(ctx context.Context) (*data.Store, error) {
	s, err := data.Open(ctx, p.path(), p.options())
	missing := ledger.CodeOf(err) == ledger.CodeLedgerMissing || ledger.CodeOf(err) == ledger.CodeDriveGone
	if missing && p.path() == filepath.Join(p.home, "ledger.db") {
		// The own home is made by the first init or start: that it is not there
		// yet is no drive taken out.
		return nil, ledger.Refuse(ledger.CodeNotSetUp, "path", p.path()).Because(err)
	}
	return s, err
}

// begin parses a command that takes exactly the named arguments, and opens its
// ledger with open or openToRead.
func (p *program) begin(ctx context.Context, open func(context.Context) (*data.Store, error), fs *flag.FlagSet, args []string,
	names ...string) (rest []string, s *data.Store, err error) {
	if rest, err = p.arguments(fs, args, names...); err != nil {
		return nil, nil, err
	}
	s, err = open(ctx)
	return rest, s, err
}

// openToRead opens the ledger, also where it may only be read.
func (p *program) openToRead(ctx context.Context) (*data.Store, error) {
	s, err := p.open(ctx)
	if ledger.CodeOf(err) != ledger.CodeLedgerReadOnly {
		return s, err
	}
	o := p.options()
	o.ReadOnly = true
	return data.Open(ctx, p.path(), o)
}

// book is the actions over the ledger, in the name of whoever writes.
func (p *program) book(ctx context.Context, s *data.Store) (*ledger.Book, error) {
	author, err := p.writer(ctx, s)
	return ledger.NewBook(s, func() string { return author }), err
}

// writer is --author, the name set on this PC, or the desk's.
func (p *program) writer(ctx context.Context, s *data.Store) (string, error) {
	if p.author != "" {
		return p.author, nil
	}
	if name := p.settings.Get().Author; name != "" {
		return name, nil
	}
	own, err := ownDesk(ctx, s)
	return own.Desk.Name, err
}

func (p *program) today() ledger.Day { return ledger.DayOf(p.now()) }

// print writes a line, or v as JSON with --json.
func (p *program) print(v any, line string) error {
	if p.json {
		return p.printJSON(v)
	}
	_, err := fmt.Fprintln(p.stdout, line)
	return err
}

func (p *program) printJSON(v any) error {
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
