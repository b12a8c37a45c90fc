package look

import "fyne.io/fyne/v2"

// PassKey hands a key that o has no use for to the window o is in. Fyne gives a
// key to the focused widget alone, so without this Tab to a button would switch
// off F1, F5 and Esc. Shortcuts need no such help: a widget that is not
// fyne.Shortcutable leaves them to the window.
func PassKey(o fyne.CanvasObject, k *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// PassRune does the same with a character.
func PassRune(o fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}
