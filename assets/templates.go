package assets

import _ "embed" // the files below

// SlipTemplate is the handoff slip as an HTML template (html/template) that
// package handoff fills.
//
//go:embed slip.html
var SlipTemplate string
