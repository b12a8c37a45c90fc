// Package assets holds what the program carries inside itself: the typeface and the icon.
// It imports nothing else of the project.
package assets

import _ "embed" // the files below

// RegularTypeface is Taizhang Sans Regular, an OpenType (CFF) font with the characters of
// GBK and Big5. How it is made: typeface/make-typeface.sh. Licence: typeface/OFL.txt.
// Callers must not change the bytes.
//
//go:embed typeface/TaizhangSans-Regular.otf
var RegularTypeface []byte

// BoldTypeface is the bold of RegularTypeface.
//
//go:embed typeface/TaizhangSans-Bold.otf
var BoldTypeface []byte

// Icon is the program's icon, a 512 x 512 PNG drawn from icon.svg.
//
//go:embed icon.png
var Icon []byte

// TypefaceLicence is the notice that must travel with the typeface (SIL OFL 1.1), UTF-8 text.
//
//go:embed typeface/OFL.txt
var TypefaceLicence string
