package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"taizhang/app/ledger"
	"taizhang/app/wall"
	"taizhang/app/words"
	"taizhang/assets"
	"taizhang/data"
	"taizhang/ui"
	"taizhang/ui/look"
	"taizhang/ui/monitor"
)

// Bounds of how long a page of the wall stays.
const (
	leastTurn = 2 * time.Second
	mostTurn  = time.Hour
)

// runWall shows the wall in a process of its own, which only reads the ledger, until
// it is closed. The ledger may be written by others, and come later.
func runWall(_ context.Context, p *program, args []string) error {
	fs := p.flags("wall")
	place := ui.WallPlace{}
	if err := p.wallFlags(fs, args, &place); err != nil {
		return err
	}
	path, err := filepath.Abs(p.path())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(p.home, 0o700); err != nil {
		return ledger.Refuse(ledger.CodeFileWrite, "path", p.home, "detail", err.Error())
	}
	log := openLog(p.home, p.stderr)
	defer log.close()
	own := p.place(path).wallPlace(log.keep)
	own.Turned = tracedTurns(p.stderr)
	own.Page, own.Every, own.Display = place.Page, place.Every, place.Display
	return p.showWall(own)
}

// wallFlags reads the flags of the wall into place.
func (p *program) wallFlags(fs *flag.FlagSet, args []string, place *ui.WallPlace) error {
	page := fs.String("page", "", "")
	fs.StringVar(&place.Display, "screen", "", "")
	fs.DurationVar(&place.Every, "every", 0, "")
	if _, err := p.arguments(fs, args); err != nil {
		return err
	}
	if *page != "" {
		first, ok := wall.ParsePage(*page)
		if !ok {
			return usage("usage.page", "text", *page, "pages", pageNames())
		}
		place.Page = first
	}
	if place.Every != 0 && (place.Every < leastTurn || place.Every > mostTurn) {
		return usage("usage.every", "text", place.Every.String())
	}
	return nil
}

func pageNames() string {
	var names []string
	for _, p := range wall.Pages {
		names = append(names, p.String())
	}
	return strings.Join(names, ", ")
}

// showWall opens the window of the wall and runs until it is closed. A display that
// is not there is told only once the window system runs: until then nobody knows.
func (p *program) showWall(place ui.WallPlace) (err error) {
	app := fyneapp.NewWithID("taizhang.wall")
	app.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	app.Settings().SetTheme(look.New(look.Dark))
	tasks := &ui.Runner{}
	shown := ui.NewWall(app, tasks, p.settings, place)
	app.Lifecycle().SetOnStarted(func() {
		if err = shown.CheckDisplay(); err != nil {
			app.Quit()
			return
		}
		shown.Show()
	})
	app.Run()
	tasks.Close()
	shown.Stop()
	if err != nil {
		return err
	}
	tasks.Wait()
	return nil
}

// wallPlace is what the wall needs of the program, in the window's process or one of
// its own. It reads the ledger by itself and never writes it: whatever happens to the
// window's ledger, a restore or a drive taken out, the wall finds out and recovers by
// itself.
func (p windowPlace) wallPlace(log func(error)) ui.WallPlace {
	return ui.WallPlace{
		Open:     p.openWallLedger,
		Displays: displays,
		Awake:    func() (release func()) { return stayAwake(words.T("shell.wall.awake")) },
		Now:      p.Now,
		Pace:     p.Pace,
		Log:      log,
	}
}

// openWallLedger opens the ledger to be read and followed.
func (p windowPlace) openWallLedger(ctx context.Context) (ui.WallLedger, error) {
	store, err := data.Open(ctx, p.Ledger, data.Options{Home: p.Home, Now: p.Now, ReadOnly: true})
	if err != nil {
		return ui.WallLedger{}, err
	}
	watching, stop := context.WithCancel(context.Background())
	changes, err := store.Watch(watching)
	if err != nil {
		stop()
		store.Close()
		return ui.WallLedger{}, err
	}
	return ui.WallLedger{Reader: traced(store, os.Stderr), Changes: changes, Close: func() error {
		stop()
		return store.Close()
	}}, nil
}

// displays lists the displays as ui knows them. It is called on the UI goroutine.
func displays() []ui.Display {
	var list []ui.Display
	for _, m := range monitor.List() {
		list = append(list, ui.Display(m))
	}
	return list
}
