package xtest

import (
	"image"
	"os"
	"path/filepath"
	"strings"
)

const locale = "zh_CN.UTF-8"

// A profile with pinyin as the method to switch to. Letters are letters until then.
var inputMethodFiles = map[string]string{
	"profile": `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
`,
	"config": `[Behavior]
ActiveByDefault=False
ShareInputState=All
ShowInputMethodInformation=False
PreeditEnabledByDefault=True
`,
	"conf/pinyin.conf": "FirstRun=False\nCloudPinyinEnabled=False\n",
}

// StartInputMethod starts fcitx5 with pinyin on the display and sets the environment so that
// programs started later use it. It may be called again after the program it returned was
// stopped. It makes the locale zh_CN.UTF-8 if the machine has none:
// Xlib opens no input method without it.
func (d *Display) StartInputMethod() *Program {
	d.t.Helper()
	Need(d.t, "fcitx5", "fcitx5-remote")
	if _, err := os.Stat("/usr/share/fcitx5/inputmethod/pinyin.conf"); err != nil {
		d.t.Fatal("fcitx5 has no pinyin: apt install fcitx5-pinyin")
	}
	d.needLocale()
	folder := filepath.Join(d.env["XDG_CONFIG_HOME"], "fcitx5")
	for name, text := range inputMethodFiles {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			d.t.Fatal(err)
		}
	}
	d.env["XMODIFIERS"] = "@im=fcitx"
	p := d.Start("fcitx5", "--disable=wayland,waylandim,notificationitem,kimpanel")
	d.Until("the input method listens", func() bool {
		return strings.Contains(d.Output("xprop", "-root", "XIM_SERVERS"), "fcitx") &&
			d.Output("fcitx5-remote", "-q") != ""
	})
	d.Start("sh", "-c", nudges)
	return p
}

// nudges changes a property of the root window twice a second, until the test ends. fcitx5 up
// to 5.0 can leave an event that arrives while it sends in its queue until the next one comes,
// and the program then waits inside Xlib, which opens the input method, for an answer. On a
// desktop the next event is never far; on a display where nothing else happens this is it.
const nudges = `while sleep 0.5; do xprop -root -f _NUDGE 8s -set _NUDGE now; done`

// needLocale gives programs on the display LANG=zh_CN.UTF-8.
func (d *Display) needLocale() {
	d.t.Helper()
	d.env["LANG"], d.env["LC_ALL"] = locale, locale
	for _, name := range strings.Fields(d.Output("locale", "-a")) {
		if strings.EqualFold(strings.ReplaceAll(name, "-", ""), "zh_cn.utf8") {
			return
		}
	}
	if d.env["LOCPATH"] != "" {
		return // made before
	}
	Need(d.t, "localedef")
	if _, err := os.Stat("/usr/share/i18n/locales/zh_CN"); err != nil {
		d.t.Fatal("the locale zh_CN.UTF-8 cannot be made: apt install locales")
	}
	folder := filepath.Join(d.Home, "locale")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		d.t.Fatal(err)
	}
	d.Must("localedef", "-c", "-i", "zh_CN", "-f", "UTF-8", filepath.Join(folder, locale))
	d.env["LOCPATH"] = folder
}

// InputMethodOn waits until the input method composes pinyin for the window that has the
// keyboard.
func (d *Display) InputMethodOn() {
	d.t.Helper()
	d.Until("pinyin is on", func() bool {
		d.Output("fcitx5-remote", "-o")
		return d.composes()
	})
}

// InputMethodKey switches the input method, which is off, on with the key that people use,
// and waits until it is. The key stands in line with those before it: however busy the
// machine is they are letters, and what follows is composed.
func (d *Display) InputMethodKey() {
	d.t.Helper()
	if d.composes() {
		d.t.Fatal("the input method is on already")
	}
	d.Key("ctrl+space")
	d.Until("the key has switched pinyin on", d.composes)
}

func (d *Display) composes() bool {
	return strings.TrimSpace(d.Output("fcitx5-remote", "-n")) == "pinyin" &&
		strings.TrimSpace(d.Output("fcitx5-remote")) == "2"
}

// Candidates waits until the input method shows its window of candidates and returns where
// it is on the screen.
func (d *Display) Candidates() image.Rectangle {
	d.t.Helper()
	var place image.Rectangle
	d.Until("the candidates are shown", func() bool {
		id := d.candidates()
		if id == "" {
			return false
		}
		place = d.geometry(id)
		return !place.Empty()
	})
	return place
}

// NoCandidates waits until the window of candidates is gone.
func (d *Display) NoCandidates() {
	d.t.Helper()
	d.Until("the candidates are gone", func() bool { return d.candidates() == "" })
}

func (d *Display) candidates() string {
	ids := strings.Fields(d.Output("xdotool", "search", "--onlyvisible", "--name", "Fcitx5 Input Window"))
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}
